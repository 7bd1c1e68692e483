"""The books: accounts, kinds of entries and what is public of the units' parts. The specification's section 8."""

import re

_COSTS = r"costs:[^\W_]+(?:-[^\W_]+)*"
_ACCOUNT = re.compile(
    r"maintenance:(bank|investments|owners)"
    rf"|income:(bank|opening|owners|revenue:(parking|advertising|rent|other)|{_COSTS})"
)
_LONGEST_ACCOUNT = 60
_ASSETS = {"bank", "investments"}
_OWNERS = {"owners"}
_BANK = {"bank"}
# Of each kind: the fund, what its debits and its credits may be, and which of a unit's figures it moves.
_KINDS = {
    "opening": ("maintenance", _ASSETS, _OWNERS, "deposited"),
    "initialDeposit": ("maintenance", _BANK, _OWNERS, "deposited"),
    "topUp": ("maintenance", _BANK, _OWNERS, "deposited"),
    "interest": ("maintenance", _BANK, _OWNERS, "gained"),
    "incomeCredited": ("maintenance", _BANK, _OWNERS, "gained"),
    "scrapValue": ("maintenance", _BANK, _OWNERS, "gained"),
    "investmentGain": ("maintenance", _ASSETS, _OWNERS, "gained"),
    "investment": ("maintenance", {"investments"}, _BANK, None),
    "redemption": ("maintenance", _BANK, {"investments"}, None),
    "charge": ("maintenance", _OWNERS, _BANK, "used"),
    "refund": ("maintenance", _OWNERS, _BANK, "used"),
    "transferOfUnit": ("maintenance", set(), set(), None),
    "income": ("income", _BANK, {"revenue"}, None),
    "openingIncome": ("income", _BANK, {"opening"}, None),
    "cost": ("income", {"costs"}, _BANK, None),
    "incomeShare": ("income", _OWNERS, _BANK, "shared"),
    "distribution": ("income", _OWNERS, _BANK, "shared"),
}


def entries_of(evidence):
    """What the entries say, in the order of the log."""
    return [record.value for record in evidence.records_of("entry")]


def upto(entries, day, last):
    """The entries that a reckoning of a day knows."""
    return [said for said in entries if said["date"] <= day and said["number"] <= last]


def is_payment(said):
    """Whether an entry says that it follows from a payment on chain."""
    return (said["source"] or "").startswith("payment ")


def posted(said, *accounts):
    """What an entry posts to accounts; a debit is positive."""
    return sum(int(one["amount"]) for one in said["postings"] if one["account"] in accounts)


def money_of(fund):
    """The accounts in which a fund has its money."""
    return f"{fund}:bank", f"{fund}:investments"


def part_of(account):
    """What an account is within its fund, without its category."""
    return account.split(":")[1]


def category_of(account):
    """The category that stands in an account of income or costs; None in any other."""
    parts = account.split(":")
    return parts[2] if len(parts) == 3 else None


def number_fault(numbers):
    """Where records do not count 1, 2, 3 ... in the order of the log; empty where they do."""
    wrong = [f"{number} at place {place}" for place, number in enumerate(numbers, 1) if number != place]
    return wrong[0] if wrong else ""


def check_two_officers(evidence, name, subject, said, checks):
    """Two different officers whom the Registry has ever known stand behind a record."""
    both = [said["author"], said["confirmer"]]
    passed = both[0] != both[1] and evidence.officers.issuperset(both)
    checks.that(passed, name, subject, "two different officers", " ".join(one or "nobody" for one in both))


def figure_of(said, entries):
    """Which of a unit's figures an entry moves: a reversal that of its original."""
    if said["kind"] != "reversal":
        return _KINDS[said["kind"]][3]
    original = next((one for one in entries if one["number"] == said["reverses"] and one["kind"] != "reversal"), None)
    return original and _KINDS[original["kind"]][3]


def _postings_fault(said):
    accounts = [one["account"] for one in said["postings"]]
    amounts = [int(one["amount"]) for one in said["postings"]]
    if not all(_ACCOUNT.fullmatch(one) and len(one.encode("utf-16-be")) <= 2 * _LONGEST_ACCOUNT for one in accounts):
        return "an account that there is not"
    if any(one.split(":")[0] != said["fund"] for one in accounts):
        return "an account of the other fund"
    if len(set(accounts)) < len(accounts):
        return "an account twice"
    if 0 in amounts or sum(amounts):
        return "unbalanced"
    return None


def _kind_fault(said):
    if said["kind"] == "reversal":
        return None
    fund, debits, credits, _ = _KINDS[said["kind"]]
    if fund != said["fund"]:
        return "of the other fund"
    if not said["postings"] and debits:
        return "without postings"
    sides = [(part_of(one["account"]), debits if int(one["amount"]) > 0 else credits) for one in said["postings"]]
    return None if all(part in side for part, side in sides) else "an account of another kind"


def _units_fault(said):
    units, owners = said["units"], f"{said['fund']}:owners"
    shared = any(one["account"] == owners for one in said["postings"])
    if (units is not None) != (shared or not said["postings"]):
        return "units" if units else "no units"
    if units is None:
        return None
    whole, names = posted(said, owners), [one["building"] for one in units["buildings"]]
    amounts = [int(one["amount"]) for one in units["buildings"]]
    if len(set(names)) < len(names) or sum(one["count"] for one in units["buildings"]) != units["count"]:
        return "buildings"
    if sum(amounts) != whole or any(amount * whole < 0 for amount in amounts):
        return "parts of another sum or sign"
    return None if shared or (units["count"] == 1 and amounts == [0]) else "more than one unit, 0"


def entry_fault(said):
    """What is wrong with an entry by itself; None when nothing is."""
    return _postings_fault(said) or _kind_fault(said) or _units_fault(said)
