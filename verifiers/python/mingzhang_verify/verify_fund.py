"""The funds: contracts, log, documents and state, and between them the money (verify_money.py)."""

from hashlib import sha256

from .evidence import head_for
from .fund_evidence import FundEvidence
from .fund_rules import FIRST_RULES, account_events, rules_of
from .keccak import keccak256
from .log import inclusion_root
from .plan import FUNDS
from .published import hex_of
from .verify_claims import fate_of
from .verify_log import agrees, check_log, check_sealed, hash_code, holds_address
from .verify_money import follow_money
from .verify_state import anchor_values, compare_state, officer_values

_CONTRACTS = ("registry", "anchor", "assembly", "fund")
_LINKS = (("anchor", "registry"), ("assembly", "registry"), ("fund", "registry"), ("fund", "assembly"))


def has_funds(chain, info, records):
    kinds = ("fundSettings", "entry", "project", "bankAccount")
    return bool(chain.logs_of(info["fund"])) or any(one.is_of(kind) for one in records for kind in kinds)


def _check_contracts(evidence, checks):
    info, code = evidence.info, evidence.code
    checks.equal("chainId", info["chainId"], evidence.chain_id)
    for name in _CONTRACTS:
        if info[name] not in code:
            checks.skip("contractCode", name, "missing")
        else:
            checks.equal("contractCode", *hash_code(name, code[info[name]]), name)
    named = [event.args["assemblyAddress"] for event in evidence.of_registry("AssemblySet")]
    if named:
        checks.equal("contractsLinked", [info["assembly"]], named, "registry")
    else:
        checks.skip("contractsLinked", "registry", "missing")
    for name, other in _LINKS:
        subject = f"{name} {other}"
        if info[name] not in code:
            checks.skip("contractsLinked", subject, "missing")
        else:
            linked = holds_address(name, code[info[name]], info[other])
            checks.that(linked, "contractsLinked", subject, info[other], info[other] if linked else "")
    wrong = evidence.broken + [event.log for event in evidence.fund if not agrees(evidence, event.log)]
    checks.equal("chainConsistent", [], [f"{log.block}/{log.place}" for log in wrong])


def _check_records(evidence, bundle, whole_log, checks):
    unread = [record.index for record in evidence.records if record.value is None]
    checks.equal("recordLeaf", [], unread, "form")
    if evidence.chosen:
        proven = check_log(evidence, checks)
        check_sealed(evidence, proven, checks)
        return
    whole_log(checks)
    if not any(one["name"] == "head" and one["status"] == "failed" for one in checks.list):
        return
    for record in evidence.records:
        head = head_for(evidence.heads, record.index)
        path = head and bundle.inclusion.get((record.index, head.size))
        if path is not None and inclusion_root(record.leaf, record.index, head.size, path) != head.root:
            checks.that(False, "recordInLog", record.index, head.root, record.leaf)


def _check_documents(evidence, checks):
    wanted = evidence.wanted_documents()
    for name in dict.fromkeys(wanted + evidence.shown_documents()):
        data = evidence.documents.get(bytes.fromhex(name[2:]))
        if data is not None:
            checks.equal("document", name, hex_of(sha256(data).digest()), name)
        elif name in wanted:
            checks.skip("document", name, "missing")


def _committed(evidence, fund, reserved):
    """What is committed of a fund: what was reserved, less what settlements freed; None where it cannot be told."""
    settled = {one.args["reservation"]: one.args["paid"] for one in evidence.of_fund("ReservationSettled")}
    numbers = [one.args["reservation"] for one in evidence.of_fund("MotionReserved", "EmergencyReserved")]
    if evidence.chosen or not reserved.keys() >= set(numbers):
        return None
    return sum(settled.get(one, reserved[one].amount) for one in numbers if reserved[one].fund == fund)


def _accounts(evidence, reserved):
    for fund in range(len(FUNDS)):
        events = account_events(evidence, fund)
        credited = [one.args["credited"] for one in events if one.name == "FundCredited"]
        yield ("_accounts", fund, "credited"), credited[-1] if credited else 0
        for field in FIRST_RULES:
            yield ("_accounts", fund, field), rules_of(events)[field]
        yield ("_accounts", fund, "committed"), _committed(evidence, fund, reserved)
        yield ("_nonces", fund), len(events)


def _reservations(evidence, reserved):
    claims = evidence.of_fund("ClaimSubmitted")
    for event in evidence.of_fund("MotionReserved", "EmergencyReserved"):
        number, path = event.args["reservation"], ("_reservations", event.args["reservation"])
        settled = [one.args for one in evidence.of_fund("ReservationSettled") if one.args["reservation"] == number]
        own = [one.args for one in claims if one.args["reservation"] == number]
        known = reserved.get(number)
        yield (*path, "amount"), settled[0]["paid"] if settled else known and known.amount
        accepted = [one["amount"] for one in own if fate_of(evidence, one["claim"]) in ("accepted", "paid")]
        yield (*path, "accepted"), sum(accepted)
        yield (*path, "isSettled"), bool(settled)
        yield (*path, "terms"), keccak256(event.args["plan"] + event.args["milestones"])
        if known:
            yield (*path, "fund"), known.fund
            yield (*path, "approvals"), known.approvals
            yield (*path, "milestones"), len(known.milestones)
        if event.name == "MotionReserved":
            yield ("_ofMotion", event.args["meeting"], event.args["motion"]), number


def _claims(evidence, reserved):
    places = {}
    for event in evidence.of_fund("ClaimSubmitted"):
        said, fate = event.args, fate_of(evidence, event.args["claim"])
        path, waits = ("_claims", said["claim"]), fate in ("submitted", "accepted")
        yield (*path, "author"), said["author"][:20] if waits else 0
        yield (*path, "amount"), said["amount"] if waits else 0
        known = reserved.get(said["reservation"])
        yield (*path, "approvals"), (known and known.approvals) if waits else 0
        yield (*path, "isAccepted"), fate == "accepted"
        if not waits:
            yield (*path, "release"), 0
        gone = fate == "gone"
        places["_claimOf", said["reservation"], said["milestone"]] = 0 if gone else said["claim"]
        # What fell may have been used again by a project that is not looked at.
        places["_invoices", said["invoice"]] = (None if evidence.chosen else 0) if gone else said["claim"]
    yield from places.items()


def _fund(evidence, reserved):
    if not evidence.chosen:
        yield ("_reservationCount",), len(evidence.of_fund("MotionReserved", "EmergencyReserved"))
        yield ("_claimCount",), len(evidence.of_fund("ClaimSubmitted"))
    yield from _accounts(evidence, reserved)
    yield from _reservations(evidence, reserved)
    yield from _claims(evidence, reserved)


def _meetings(evidence):
    for event in (one for one in evidence.assembly if one.name == "MeetingConvened"):
        meeting = event.args["meeting"]
        done = [
            one for one in evidence.assembly if one.name == "MeetingConcluded" and one.args["meeting"] == meeting
        ]
        yield ("_polls", meeting, "meeting", "concludedAt"), evidence.time_of(done[0].log) if done else 0
        for motion, plan in enumerate(event.args["convocation"]["plans"]):
            yield ("_polls", meeting, "plans", motion), plan


def _check_state(evidence, reserved, checks):
    if evidence.state:
        wanted = {
            "registry": list(officer_values(evidence)),
            "anchor": list(anchor_values(evidence)),
            "assembly": list(_meetings(evidence)),
            "fund": list(_fund(evidence, reserved)),
        }
        compare_state(evidence, wanted, checks)


def verify_funds(bundle, chain, records, checks, whole_log):
    evidence = FundEvidence(bundle, chain, records)
    checks.contain("chainConsistent", lambda: _check_contracts(evidence, checks))
    checks.contain("head", lambda: _check_records(evidence, bundle, whole_log, checks))
    checks.contain("document", lambda: _check_documents(evidence, checks))
    reserved = follow_money(evidence, checks)
    checks.contain("stateAgrees", lambda: _check_state(evidence, reserved, checks))
    return checks
