"""What the verified evidence of a meeting says that bears on a claim: the specification's section 11."""

from dataclasses import dataclass
from typing import Any

from .canonical import parse
from .dispute import GROUND
from .published import hex_of
from .verify_log import log_keys_of


@dataclass
class Findings:
    """What the verification of a meeting found on the way."""

    evidence: Any
    proven: set
    meeting: Any
    ring: Any
    batches: list
    count: Any


def _lines(found):
    evidence = found.evidence
    rolls = [one for one in evidence.records_of("roll") if one.value["roll"] == evidence.roll]
    own = next((one.value for one in rolls if one.index in found.proven), None)
    data = own and evidence.document(own["lines"])
    return [{"unit": line["unit"], "leaf": line["leaf"]} for line in parse(data)] if data else []


def _batch(count, batch):
    lapsed = "lapsed" if batch.number in count.lapsed else "sealed"
    opened = count.opened.get(batch.number)
    return {
        "batch": batch.number,
        "commitment": hex_of(batch.commitment),
        "sealedAt": batch.sealed_at,
        "state": lapsed if opened is None else "opened",
        "ballots": [{"leaf": hex_of(one.leaf), "voter": one.voter, "code": code} for one, code in opened or []],
    }


def _standing(voter, ballot, batch):
    place = ballot.place
    key = place and {"page": place[0], "position": place[1]}
    return {"voter": voter, "batch": batch.number, "leaf": hex_of(ballot.leaf), "answers": ballot.answers, "key": key}


def view_of(found, until, checks):
    """`until` is the time of the last block."""
    evidence, meeting, count = found.evidence, found.meeting, found.count
    info = evidence.info
    contracts = {name: hex_of(info[name]) for name in ("registry", "anchor", "assembly", "fund")}
    keys = [
        {"page": page, "position": position, "voter": voter, "kind": kind, "keyId": hex_of(key)}
        for page, (kind, own) in found.ring.pages.items()
        for position, (voter, key) in enumerate(own)
    ]
    proven = [one for one in evidence.records if one.index in found.proven]
    return {
        "info": {**info, **contracts},
        "meeting": evidence.meeting,
        "motions": len(meeting.items),
        "policy": meeting.policy,
        "closesAt": meeting.closes_at,
        "until": until,
        "concluded": evidence.first("MeetingConcluded") is not None,
        "logKeys": [key for _, key in log_keys_of(proven)],
        "lines": _lines(found),
        "keys": keys,
        "batches": [_batch(count, batch) for batch in found.batches],
        "standing": [_standing(voter, ballot, batch) for voter, (_, ballot, batch) in count.stands.items()],
        "unsound": sorted({one["name"] for one in checks if one["status"] != "ok" and one["name"] in GROUND}),
    }


def _has_rolls(records, schedule):
    """The rolls that a schedule names are there, and all before them."""
    if schedule is None:
        return True
    known = {one.value["roll"] for one in records if one.is_of("roll")}
    try:
        newest = max([0, *(unit["roll"] for unit in parse(schedule)["units"])])
        return known >= set(range(1, newest + 1))
    except (ValueError, KeyError, TypeError):
        return True


def entry_view_of(entry, bundle, records, checks):
    """The same of one entry of the books, from its records and what was checked."""
    of = lambda kind: [one.value for one in records if one.is_of(kind)]  # noqa: E731
    own = next((one for one in of("entry") if one["number"] == entry), None)
    paid = next((one for one in of("projectPayment") if one["entry"] == entry), {})
    steps = of("projectReservation")
    reserved = next((one for one in steps if one["project"] == paid.get("project")), {})
    known = own and {
        "reversedBy": next((one["number"] for one in of("entry") if one["reverses"] == entry), None),
        "payment": paid.get("payment"),
        "claim": paid.get("claim"),
        "reservation": reserved.get("reservation"),
    }
    schedule = own and own["units"] and own["units"]["schedule"]
    return {
        "entry": entry,
        "known": known,
        "whole": bundle.scope["kind"] == "community",
        "rolls": _has_rolls(records, bundle.documents.get(bytes.fromhex(schedule[2:])) if schedule else None),
        "checks": [{name: one[name] for name in ("name", "subject", "status")} for one in checks],
    }
