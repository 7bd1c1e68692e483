"""Who bears a payment: a schedule beside the plan that was decided. The specification's section 10, `paymentShared`."""

from .canonical import NotCanonical, parse
from .shape import fits
from .verify_schedules import read_schedule

_SCOPE = {"type": "array", "items": {"type": "string", "minLength": 1}}


def _read_scope(evidence, name):
    """The units of a scope; None where its bytes are none, or are not those of its hash."""
    try:
        scope = parse(evidence.document(name) or b"")
    except NotCanonical:
        return None
    return scope if fits(_SCOPE, scope, {}) else None


def plan_fault(evidence, name, plan):
    """How the schedule of this hash differs from the plan that its payment follows; None where it does not."""
    if name is None:
        return "no schedule"
    if any(bytes.fromhex(one[2:]) not in evidence.documents for one in (name, plan["scope"]["sha256"])):
        return "missing"
    schedule, scope = read_schedule(evidence, name), _read_scope(evidence, plan["scope"]["sha256"])
    if schedule is None:
        return "no schedule"
    if scope is None or sorted(one["unit"] for one in schedule["units"]) != sorted(scope):
        return "scope"
    factors = {one["unit"]: one["factor"] for one in plan["rule"].get("factors", [])}
    return None if schedule["rule"].get("factors", {}) == factors else "rule"
