"""Closed periods: what the entries in them come to. The specification's section 8, "Periods"."""

from datetime import date, timedelta

from .books import check_two_officers, number_fault
from .canonical import canonical
from .published import hex_of
from .statements import funds_of

# The endings of the exports of a period, and what each is.
_FORMS = {"csv": "csv", "xlsx": "xlsx", "journal": "hledger", "beancount": "beancount"}


def _ordered(funds):
    """The order of movements says nothing."""
    return [{**fund, "movements": sorted(map(canonical, fund["movements"]))} for fund in funds]


def _first_day(before, known):
    """The day after the period before it; of the first one, that of the earliest entry."""
    if before is None:
        return min((record.value["date"] for record in known), default="")
    try:
        return (date.fromisoformat(before["to"]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""  # no calendar goes that far


def _statement(said, known):
    """The document `statement`: what the record says, and every entry of its days."""
    entries = [
        {name: record.value[name] for name in ("number", "fund", "kind", "date")}
        | {"record": record.index, "leaf": hex_of(record.leaf)}
        for record in known
        if said["from"] <= record.value["date"] <= said["to"]
    ]
    names = ("v", "community", "period", "from", "to", "lastEntry", "funds")
    return canonical({**{name: said[name] for name in names}, "entries": entries})


def _check_period(books, period, before, checks):
    said, number = period.value, period.value["period"]
    known = [record for record in books.records_of("entry") if record.index < period.index]
    last = known[-1].value["number"] if known else 0
    span = {"from": _first_day(before, known), "lastEntry": last}
    checks.equal("periodSpan", span, {name: said[name] for name in span}, number)
    numbered = [record.value for record in known if record.value["number"] <= said["lastEntry"]]
    funds = list(funds_of(numbered, said["from"], said["to"]))
    checks.equal("periodFigures", _ordered(funds), _ordered(said["funds"]), number)
    document = books.document(said["statement"])
    if document is None:
        checks.skip("periodStatement", number, "missing")
    else:
        checks.equal("periodStatement", _statement(said, known), document.decode("utf-8", "replace"), number)
    check_two_officers(books, "periodOfficers", number, said, checks)


def check_periods(books, checks):
    before, periods = None, books.records_of("period")
    checks.equal("periodNumber", "", number_fault([one.value["period"] for one in periods]))
    for period in periods:
        _check_period(books, period, before, checks)
        before = period.value
    # Another program made them; what they say stands in the records.
    for number, ending in books.exports:
        if ending in _FORMS:
            checks.skip("periodExport", f"{number}/{_FORMS[ending]}", "leftOut")
