"""What money was set aside for: the specification's section 10, `reserveDecided` to `reserveRecord`."""

from .fund_acts import act_fault, pick_said, yuan
from .fund_rules import rules_at
from .plan import FUNDS, milestones_hash, recorded_payee_hash, recorded_plan_hash
from .published import hex_of

_ADOPTED = 1
_GROUNDS = ("lift", "fire", "facade", "roof", "drains", "structure", "electrical", "water")


class Reserved:
    """What a reservation binds, where the records tell it; `milestones` are (title, amount) each."""

    def __init__(self, plan, contract, approvals):
        self.plan, self.project, self.approvals = plan, contract["project"], approvals
        self.milestones = _milestones_of(contract)
        self.fund, self.amount = FUNDS.index(plan["fund"]), sum(amount for _, amount in self.milestones)


def _milestones_of(contract):
    return [(one["title"], int(one["amount"])) for one in contract["milestones"]]


def _has_milestones(contract, wanted):
    """A record can say of a milestone that it is less than nothing, the chain cannot."""
    milestones = _milestones_of(contract)
    return min(amount for _, amount in milestones) >= 0 and milestones_hash(milestones) == wanted


def _first(records, **fields):
    """What the first record with these fields says."""
    return next((one.value for one in records if all(one.value[name] == value for name, value in fields.items())), None)


def _of_leaf(evidence, kind, leaf):
    return next((one.value for one in evidence.records_of(kind) if one.leaf == leaf), None)


def _item_allows(item, fund):
    return 5 <= item <= (8 if fund == "maintenance" else 9)


def _assembly(evidence, name, **fields):
    """What the first event of the Assembly with this name and these fields says."""
    events = (one.args for one in evidence.assembly if one.name == name)
    return next((one for one in events if one.items() >= fields.items()), None)


def _motion(evidence, event):
    """(plan that the convocation's record gives the motion, what had become of the motion by the block's time)."""
    meeting, motion, time = event.args["meeting"], event.args["motion"], evidence.time_of(event.log)
    convened = _assembly(evidence, "MeetingConvened", meeting=meeting)
    decided = _assembly(evidence, "MotionDecided", meeting=meeting, motion=motion)
    concluded = _assembly(evidence, "MeetingConcluded", meeting=meeting)
    said = convened and _of_leaf(evidence, "meeting", convened["convocation"]["record"])
    plan = said["motions"][motion].get("plan") if said and motion < len(said["motions"]) else None
    items = convened["convocation"]["items"] if convened else []
    allows = plan is not None and motion < len(items) and _item_allows(items[motion], plan["fund"])
    return plan, {
        "adopted": decided is not None and decided["outcome"] == _ADOPTED,
        "isFinal": concluded is not None and time is not None and concluded["finalAt"] <= time,
        "itemAllows": allows,
    }


def _emergency(evidence, event):
    """(plan of the record that was signed for, whether its project is an emergency on that ground)."""
    said, ground = _of_leaf(evidence, "projectEmergency", event.args["record"]), event.args["ground"]
    project = said and _first(evidence.records_of("project"), project=said["project"])
    known = ground < len(_GROUNDS) and project is not None and project["ground"] == _GROUNDS[ground]
    return said and said["plan"], {"ground": known, "fundAllows": bool(said) and said["plan"]["fund"] == "maintenance"}


def _contract(evidence, event):
    """The contract with these milestones: the one that was signed for, or of the emergency's project."""
    contracts = evidence.records_of("projectContract")
    if event.name == "MotionReserved":
        own = [one.value for one in contracts if one.leaf == event.args["record"]]
    else:
        said = _of_leaf(evidence, "projectEmergency", event.args["record"])
        own = [one.value for one in contracts if said and one.value["project"] == said["project"]]
    return next((one for one in own if _has_milestones(one, event.args["milestones"])), None)


def _contract_says(contract, plan):
    """Whether a contract is with whom the plan pays, for the sum of its milestones."""
    if contract is None or plan is None:
        return {"payee": False, "amount": False}
    return {
        "payee": recorded_payee_hash(contract) == recorded_payee_hash(plan),
        "amount": int(contract["amount"]) == sum(amount for _, amount in _milestones_of(contract)),
    }


def _check_decided(evidence, event, checks):
    """What the reservation binds, if it was decided so."""
    plan, decided = (_motion if event.name == "MotionReserved" else _emergency)(evidence, event)
    contract, number = _contract(evidence, event), event.args["reservation"]
    hashes = {name: event.args[name] for name in ("plan", "milestones")}
    found = {
        "plan": plan and recorded_plan_hash(plan),
        "milestones": contract and event.args["milestones"],
    }
    judged = _contract_says(contract, plan) | decided
    if not checks.equal("reserveDecided", hashes | dict.fromkeys(judged, True), found | judged, number):
        return None
    rules = rules_at(evidence, FUNDS.index(plan["fund"]), event.log)
    reserved = Reserved(plan, contract, rules["approvals"])
    budget = int(plan["budget"])
    limit = budget + budget * rules["overrunBasisPoints"] // 10_000
    checks.that(reserved.amount <= limit, "reserveBudget", number, f"at most {limit}", reserved.amount)
    return reserved


def _fault(evidence, event, reserved):
    message = event.args | {"payee": reserved.plan["payee"]["name"], "amountYuan": yuan(reserved.amount)}
    names = ("reserve", "Reserve") if event.name == "MotionReserved" else ("reserveEmergency", "ReserveEmergency")
    return act_fault(evidence, event, *names, message)


def _check_record(evidence, event, reserved, checks):
    number = event.args["reservation"]
    said = _first(evidence.records_of("projectReservation"), reservation=number)
    if said is None:
        checks.skip("reserveRecord", number, "notPublished")
        return
    expected = {
        "project": reserved.project,
        "amount": str(reserved.amount),
        "approvals": reserved.approvals,
        "transaction": hex_of(event.log.transaction),
    }
    checks.equal("reserveRecord", expected, pick_said(said, expected), number)


def check_reservations(evidence, checks):
    """{number: Reserved} of the reservations that were decided as the chain has them."""
    found = {}
    for event in evidence.of_fund("MotionReserved", "EmergencyReserved"):
        number = event.args["reservation"]
        reserved = _check_decided(evidence, event, checks)
        if reserved is None:
            checks.skip("reserveAttested", number, "dependsOnFailed")
            continue
        found[number] = reserved
        checks.faultless("reserveAttested", number, _fault(evidence, event, reserved))
        _check_record(evidence, event, reserved, checks)
    return found
