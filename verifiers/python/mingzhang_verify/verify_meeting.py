"""Convocation and batches: the specification's section 10, steps 6 and 8."""

from .ballots import ORIGINS, sealed_root
from .contracts import read_call
from .eip712 import digest
from .evidence import head_for
from .keys import signed_by, signing_hash
from .officers import ROLES, TWO, attestation_fault, roles_at
from .plan import recorded_plan_hash
from .published import find_published

POLICIES = ("newestFirst", "oldestFirst", "paperFirst")
_SELF_SEALED = 128
_PERIODS = ("noticeSeconds", "paperSeconds", "revealSeconds", "objectionSeconds")


class Meeting:
    """A meeting as the chain convened it; `closes_at` with extensions."""

    def __init__(self, convocation):
        self.items = convocation["items"]
        self.opens_at, self.closes_at = convocation["opensAt"], convocation["closesAt"]
        self.paper, self.reveal = convocation["paperSeconds"], convocation["revealSeconds"]
        self.objection = convocation["objectionSeconds"]
        self.conflict = convocation["conflict"]
        self.policy = POLICIES[self.conflict] if self.conflict < len(POLICIES) else None
        self.invalid_participates = convocation["invalidParticipates"]
        self.counts_from = self.closes_at + self.paper


def _attested(evidence, convened, checks):
    call, _, fault = read_call("assembly", convened.log, ("convene",), evidence.transactions)
    if fault:
        checks.faultless("conveneAttested", "", fault)
        return fault != "malformed"
    convocation = convened.args["convocation"]
    signed = digest("Convene", convocation, evidence.info["chainId"], evidence.info["assembly"])
    fault = attestation_fault(evidence, signed, TWO, call["attestations"], convened.log)
    checks.faultless("conveneAttested", "", fault)
    return fault in (None, "unknownVerifier")


def _plan_of(motion):
    return recorded_plan_hash(motion["plan"]) if "plan" in motion else bytes(32)


def _from_record(record):
    profile = record["profile"]
    return {
        "roll": record["roll"],
        "items": [motion["item"] for motion in record["motions"]],
        "plans": [_plan_of(motion) for motion in record["motions"]],
        "opensAt": record["opensAt"],
        "closesAt": record["closesAt"],
        **{name: profile[name] for name in _PERIODS},
        "conflict": profile["conflict"],
        "invalid": profile["invalid"],
    }


def _from_chain(convocation):
    same = {name: convocation[name] for name in ("roll", "items", "plans", "opensAt", "closesAt", *_PERIODS)}
    invalid = "participates" if convocation["invalidParticipates"] else "ignored"
    return same | {"conflict": POLICIES[convocation["conflict"]], "invalid": invalid}


def _check_anchored(evidence, convocation, proven, checks):
    entry = next((one for one in evidence.records_of("meeting") if one.leaf == convocation["record"]), None)
    head = entry and head_for(evidence.heads, entry.index)
    time = head and evidence.time_of(head.log)
    if entry is None or entry.index not in proven or time is None:
        return checks.skip("meetingAnchored", "", "dependsOnFailed" if entry else "missing")
    until = convocation["opensAt"]
    return checks.that(time <= until, "meetingAnchored", "", until, time, "wrongTime")


def _check_notice(evidence, convened, checks):
    time = evidence.time_of(convened.log)
    if time is None:
        return checks.skip("noticePeriod", "", "missing")
    expected = convened.args["convocation"]["noticeSeconds"]
    found = convened.args["convocation"]["opensAt"] - time
    return checks.that(found >= expected, "noticePeriod", "", expected, found, "wrongTime")


def _check_extension(evidence, event, closed_at, proven, checks):
    subject, time = event.args["closesAt"], evidence.time_of(event.log)
    call, _, fault = read_call("assembly", event.log, ("extend",), evidence.transactions)
    if fault or time is None:
        return checks.faultless("extension", subject, fault or "missing")
    message = {name: event.args[name] for name in ("meeting", "closesAt", "record")}
    signed = digest("Extend", message, evidence.info["chainId"], evidence.info["assembly"])
    fault = attestation_fault(evidence, signed, TWO, call["attestations"], event.log)
    if not (time < closed_at < subject):
        fault = "wrongTime"
    if fault:
        return checks.faultless("extension", subject, fault)
    leaf = event.args["record"]
    fields = lambda record: [record["meeting"], record["closesAt"]]  # noqa: E731
    candidates = [
        one for one in evidence.records_of("extension") if one.leaf == leaf or one.value["closesAt"] == subject
    ]
    expected = [event.args["meeting"], subject]
    return find_published(checks, "extension", candidates, proven, leaf, expected, fields, subject)


def check_convening(evidence, proven, checks):
    convened = evidence.first("MeetingConvened")
    if convened is None:
        checks.skip("conveneAttested", "", "missing")
        return None
    if not _attested(evidence, convened, checks):
        for name in ("meetingRecord", "meetingAnchored", "noticePeriod"):
            checks.skip(name, "", "dependsOnFailed")
        return None
    convocation = convened.args["convocation"]
    candidates, expected = evidence.records_of("meeting"), _from_chain(convocation)
    find_published(checks, "meetingRecord", candidates, proven, convocation["record"], expected, _from_record)
    _check_anchored(evidence, convocation, proven, checks)
    _check_notice(evidence, convened, checks)
    meeting = Meeting(convocation)
    for event in evidence.of("MeetingExtended"):
        _check_extension(evidence, event, meeting.closes_at, proven, checks)
        meeting.closes_at = event.args["closesAt"]
    meeting.counts_from = meeting.closes_at + meeting.paper
    return meeting


class Batch:
    """A batch as the chain took it in; not `sound` where nothing can be held against its commitment."""

    def __init__(self, number, origin, commitment, sealed_at, sound):
        self.number, self.commitment, self.sound = number, commitment, sound
        self.sealed_at = sealed_at
        self.origin, self.self_sealed = ORIGINS[origin % _SELF_SEALED], origin >= _SELF_SEALED
        self.byte = origin


def _relayer_fault(evidence, event):
    call, _, fault = read_call("assembly", event.log, ("seal",), evidence.transactions)
    if fault:
        return fault
    sender = evidence.transactions[event.log.transaction].sender
    if not roles_at(evidence, sender, event.log) & ROLES["relayer"]:
        return "wrongAuthority"
    return None if call["root"] == event.args["root"] else "differs"


def _self_fault(evidence, event, ring, seals):
    call, _, fault = read_call("assembly", event.log, ("sealOwn",), evidence.transactions)
    if fault:
        return fault
    own = call["own"]
    page, position = own["place"]["page"], own["place"]["position"]
    key = ring.key(page, position)
    if key is None:
        return "dependsOnFailed" if page in ring.bound else "wrongAuthority"
    if ring.is_revoked(page, position, event.log):
        return "wrongAuthority"
    voter, key_id = key
    nonce = seals.get(voter, 0)
    seals[voter] = nonce + 1
    message = {"meeting": event.args["meeting"], "leaf": event.args["root"], "nonce": nonce}
    signed = digest("Seal", message, evidence.info["chainId"], evidence.info["assembly"])
    message_hash, valid = signing_hash(own["form"], signed, own["envelope"])
    good = valid and signed_by(ring.kind(page), key_id, message_hash, own["signature"])
    return None if good else "wrongSignature"


def _paper_fault(evidence, event):
    call, _, fault = read_call("assembly", event.log, ("sealPaper",), evidence.transactions)
    if fault:
        return fault
    message = {name: event.args[name] for name in ("meeting", "root", "count")}
    signed = digest("PaperBatch", message, evidence.info["chainId"], evidence.info["assembly"])
    return attestation_fault(evidence, signed, ("teller", "teller"), call["attestations"], event.log)


def _check_seal(evidence, event, meeting, ring, seals, checks):
    number, origin = event.args["batch"], event.args["origin"]
    if origin == _SELF_SEALED:
        authority = _self_fault(evidence, event, ring, seals)
    else:
        authority = _paper_fault(evidence, event) if origin == 1 else _relayer_fault(evidence, event)
    time = evidence.time_of(event.log)
    if origin not in (0, 1, _SELF_SEALED) or time is None:
        checks.faultless("batchSealed", number, "missing" if origin in (0, 1, _SELF_SEALED) else "malformed")
        return None
    end = meeting.counts_from if origin == 1 else meeting.closes_at
    checks.faultless("batchSealed", number, authority if meeting.opens_at <= time < end else "wrongTime")
    sound = authority not in ("differs", "wrongSignature")
    return Batch(number, origin, sealed_root(event.args["root"], origin), time, sound)


def check_sealing(evidence, meeting, ring, checks):
    """(batches, whether none is left out between the first and the last)."""
    seals, batches = {}, []
    events = evidence.of("BatchSealed")
    for event in events:
        batch = _check_seal(evidence, event, meeting, ring, seals, checks)
        if batch:
            batches.append(batch)
    found = [event.args["batch"] for event in events]
    return batches, checks.equal("batchesComplete", list(range(len(found))), found)
