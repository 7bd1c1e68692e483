"""Apportionment schedules, computed again: the specification's section 8, "Apportionment"."""

import re

from .books import entries_of, posted
from .canonical import NotCanonical, parse
from .fund import apportion, nfc
from .published import area_number
from .records import document_fits

_FACTOR = re.compile(r"(0|[1-9]\d{0,5})(\.\d{1,6})?", re.ASCII)
_ONE = 1_000_000


def read_schedule(evidence, name):
    """The schedule with that hash; None where its bytes are none, or are not those."""
    try:
        schedule = parse(evidence.document(name) or b"")
    except NotCanonical:
        return None
    return schedule if document_fits("schedule", schedule) else None


def _factor_number(text):
    whole, _, rest = text.partition(".")
    return int(whole + rest.ljust(6, "0"))


def _factor_text(factor):
    whole, rest = divmod(factor, _ONE)
    return str(whole) + (f".{rest:06}".rstrip("0") if rest else "")


def _arithmetic_fault(schedule):
    """What its own areas and factors do not give."""
    units, texts = schedule["units"], schedule["rule"].get("factors", {})
    names, amount = [one["unit"] for one in units], int(schedule["amount"])
    if len({nfc(name) for name in names}) < len(names) or amount < 0 or not set(texts) <= set(names):
        return "its arithmetic"
    if not all(_FACTOR.fullmatch(text) for text in texts.values()):
        return "its arithmetic"
    factors = [_factor_number(texts[name]) if name in texts else _ONE for name in names]
    rows = [(one["unit"], area_number(one["area"]), factor) for one, factor in zip(units, factors)]
    weights = [area * factor for _, area, factor in rows]
    if sum(weights) == 0 or str(sum(weights)) != schedule["totalWeight"]:
        return "its arithmetic"
    for one, factor, weight, share in zip(units, factors, weights, apportion(amount, rows)):
        right = str(share), share > amount * weight // sum(weights), _factor_text(factor)
        if (one["amount"], one["extra"], one["factor"]) != right:
            return one["unit"]
    return None


def _building_fault(said, schedule):
    """A building of which the record says another sum or number of units."""
    stated = {one["building"]: (one["count"], abs(int(one["amount"]))) for one in said["units"]["buildings"]}
    found = {}
    for one in schedule["units"]:
        count, amount = found.get(one["building"], (0, 0))
        found[one["building"]] = count + 1, amount + int(one["amount"])
    return next((name for name in [*stated, *found] if stated.get(name) != found.get(name)), None)


def _lines_of(evidence):
    """{roll: {unit: line}} of the rolls whose lines are there."""
    rolls = {}
    for record in evidence.records_of("roll"):
        try:
            lines = parse(evidence.document(record.value["lines"]) or b"")
        except NotCanonical:
            continue
        if document_fits("lines", lines):
            rolls[record.value["roll"]] = {line["unit"]: line for line in lines}
    return rolls


def _area_fault(schedule, rolls):
    """A unit that the roll that it names does not have, with that area in that building."""
    for one in schedule["units"]:
        line = rolls.get(one["roll"], {}).get(one["unit"])
        if line is None or any(line[name] != one[name] for name in ("area", "building")):
            return one["unit"]
    return None


def _selected(scope, lines):
    """The units of a scope."""
    if scope["kind"] == "units":
        return set(scope["units"])
    if scope["kind"] == "buildings":
        return {unit for unit, line in lines.items() if line["building"] in scope["buildings"]}
    if scope["kind"] == "entrances":
        wanted = {(one["building"], one["entrance"]) for one in scope["entrances"]}
        return {unit for unit, line in lines.items() if (line["building"], line["entrance"]) in wanted}
    return set(lines)


def _scope_fault(schedule, rolls):
    """A unit too many or too few, by each unit's newest line in the rolls up to the newest that is named."""
    newest, known = max(one["roll"] for one in schedule["units"]), {}
    for roll in sorted(number for number in rolls if number <= newest):
        known |= rolls[roll]
    wanted = _selected(schedule["scope"], known)
    return next(iter(wanted.symmetric_difference(one["unit"] for one in schedule["units"])), None)


def _fault(said, schedule, rolls):
    fault = _arithmetic_fault(schedule)
    amount = abs(posted(said, f"{said['fund']}:owners"))
    if fault is None and schedule["amount"] != str(amount):
        fault = f"{schedule['amount']} instead of {amount}"
    return fault or _building_fault(said, schedule) or _area_fault(schedule, rolls) or _scope_fault(schedule, rolls)


def check_schedules(evidence, checks):
    rolls = _lines_of(evidence)
    for said in entries_of(evidence):
        name = said["units"] and said["units"]["schedule"]
        if not name or not evidence.looks_into(said):
            continue
        if bytes.fromhex(name[2:]) not in evidence.documents:
            checks.skip("entrySchedule", said["number"], "missing")
            continue
        schedule = read_schedule(evidence, name)
        fault = _fault(said, schedule, rolls) if schedule else "unreadable"
        checks.equal("entrySchedule", "", fault or "", said["number"])
