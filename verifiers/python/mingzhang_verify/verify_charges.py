"""What owners are charged with, and what of the public income they get: the specification's section 10, "The funds"."""

import re
from calendar import monthrange

from .books import entries_of, is_payment, posted
from .statements import funds_of

_SOURCE = re.compile(r"incomeShare (\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)( again [1-9]\d*)?", re.ASCII)
_MONTHS = {"quarter": 3, "halfYear": 6, "year": 12}


def _check_charge(said, installed, checks):
    number, source = said["number"], said["source"]
    if source is not None:
        checks.that(is_payment(said), "chargeDecided", number, "payment", source)
    elif installed is not None and said["date"] < installed:
        checks.that(True, "chargeDecided", number, f"before {installed}", said["date"], "carriedOver")
    else:
        checks.skip("chargeDecided", number, "undecided")


def _reversed(entries):
    """The numbers of the entries that a reversal takes back."""
    return {said["reverses"] for said in entries if said["kind"] == "reversal"}


def check_charges(evidence, checks):
    entries = entries_of(evidence)
    back = _reversed(entries)
    installed = next((one.value["at"][:10] for one in evidence.records_of("community")), None)
    for said in entries:
        if said["kind"] == "charge" and said["number"] not in back and evidence.looks_into(said):
            _check_charge(said, installed, checks)


def _ends(first, period):
    """The last day of the rule's period that begins on a day; None where none begins."""
    year, month, day = map(int, first.split("-"))
    if day != 1 or month > 12 or (month - 1) % _MONTHS[period]:
        return None
    last = month - 1 + _MONTHS[period]
    return f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"


def _share(net, rule):
    share = max(net - int(rule["above"]), 0) * rule["permille"] // 1000
    return share if rule["cap"] is None else min(share, int(rule["cap"]))


def _is_given(said, days, earlier):
    """Whether an entry gave the share of these days, and stood."""
    own = _SOURCE.fullmatch(said["source"] or "")
    if said["kind"] != "incomeShare" or own is None or own.group(1, 2) != days.group(1, 2):
        return False
    return said["number"] not in _reversed(earlier)


def _expected(said, earlier, rule):
    """What the rule makes of the net income of the days that an entry names; in words where that cannot be told."""
    if rule is None:
        return "a rule"
    days = _SOURCE.fullmatch(said["source"] or "")
    if days is None or _ends(days[1], rule["period"]) != days[2]:
        return f"a {rule['period']}"
    if any(_is_given(one, days, earlier) for one in earlier):
        return "once"
    known = [one for one in earlier if one["number"] < said["number"]]
    income = next(one for one in funds_of(known, days[1], days[2]) if one["fund"] == "income")
    net = sum(int(row["in"]) - int(row["out"]) for row in income["movements"] if row["category"] is not None)
    share = _share(net, rule)
    return {"given": share, "received": share, "kind": "incomeCredited"}


def check_income_shares(books, checks):
    entries, earlier, rule = entries_of(books), [], None
    for record in books.records:
        if record.is_of("fundSettings"):
            rule = record.value["incomeShare"]
        if not record.is_of("entry"):
            continue
        said = record.value
        if said["kind"] == "incomeShare":
            other = next((one for one in entries if one["number"] in said["linked"]), None)
            received = {"received": posted(other, "maintenance:bank"), "kind": other["kind"]} if other else {}
            found = {"given": -posted(said, "income:bank"), **received}
            checks.equal("incomeShare", _expected(said, earlier, rule), found, said["number"])
        earlier.append(said)
