"""What each fund received in all, and its rules, as the chain took them: the specification's section 9."""

FIRST_RULES = {"approvals": 2, "overrunBasisPoints": 0}


def account_events(evidence, fund):
    """The changes of a fund's account in their order, which are numbered from 0."""
    return [event for event in evidence.of_fund("FundCredited", "RulesSet") if event.args["fund"] == fund]


def rules_of(events):
    """The rules that stand after these changes."""
    return [FIRST_RULES, *(event.args["rules"] for event in events if event.name == "RulesSet")][-1]


def rules_at(evidence, fund, log):
    """The rules of a fund before an event."""
    return rules_of(one for one in account_events(evidence, fund) if one.log.position() < log.position())
