"""What each fund received, and its rules: the specification's section 10, `creditAttested` to `rulesRecord`."""

from .books import entries_of, is_payment, money_of, posted
from .fund_acts import act_fault, check_said
from .fund_rules import account_events
from .plan import FUNDS


def _received(evidence, fund, last_entry):
    """What a fund holds by the entries up to one, and what of it had been paid on chain."""
    known = [said for said in entries_of(evidence) if said["number"] <= last_entry]
    paid = [said for said in known if said["fund"] == fund and is_payment(said)]
    return sum(posted(said, *money_of(fund)) for said in known) - sum(posted(said, f"{fund}:bank") for said in paid)


def _check_credit(evidence, event, nonce, subject, checks):
    message = event.args | {"nonce": nonce}
    checks.faultless("creditAttested", subject, act_fault(evidence, event, "credit", "Credit", message))
    scope = evidence.scope["kind"]
    if scope not in ("community", "period"):
        return
    entry = next((one for one in evidence.books().records_of("entry") if one.leaf == event.args["record"]), None)
    if entry is None and scope == "period":
        return
    expected = _received(evidence, FUNDS[event.args["fund"]], entry.value["number"]) if entry else ""
    checks.equal("creditTotal", expected, event.args["credited"], subject)


def _check_rules(evidence, event, nonce, subject, checks):
    fund, rules = event.args["fund"], event.args["rules"]
    message = {"fund": fund, "nonce": nonce, **rules}
    checks.faultless("rulesAttested", subject, act_fault(evidence, event, "configure", "Configure", message))
    expected = {"fund": FUNDS[fund]} | {name: rules[name] for name in ("approvals", "overrunBasisPoints")}
    check_said(evidence, rules["record"], "rulesRecord", subject, expected, checks)


def check_credits(evidence, checks):
    for fund, name in enumerate(FUNDS):
        for nonce, event in enumerate(account_events(evidence, fund)):
            check = _check_credit if event.name == "FundCredited" else _check_rules
            check(evidence, event, nonce, f"{name}/{nonce}", checks)
