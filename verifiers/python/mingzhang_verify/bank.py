"""What the bank said, and what was said of it: the specification's sections 3, "Bank lines", and 8, "Balances"."""

from collections import namedtuple

from .books import posted
from .canonical import NotCanonical, parse
from .records import document_fits

_FUND = "maintenance"

Line = namedtuple("Line", "line date amount balance")
# `lines` is None where the document is missing or has another form.
Statement = namedtuple("Statement", "record said lines")
# `since` is the first day that a statement covers; None before there is any.
Account = namedtuple("Account", "fund since lines")
# Which reconciliation settles a line (by account and number) and an entry (by number).
State = namedtuple("State", "accounts statements settled_lines settled_entries")


def _lines_of(books, name):
    try:
        lines = parse(books.document(name) or b"")
    except NotCanonical:
        return None
    if not document_fits("bankLines", lines):
        return None
    balance = lambda said: None if said is None else int(said)  # noqa: E731
    return [Line(one["line"], one["date"], int(one["amount"]), balance(one["balance"])) for one in lines]


class Bank:
    """The community's accounts at the bank, as the log tells of them."""

    def __init__(self, books):
        self.accounts = books.records_of("bankAccount")
        self.reconciliations = books.records_of("reconciliation")
        self.statements = [
            Statement(one, one.value, _lines_of(books, one.value["lines"])) for one in books.records_of("statement")
        ]

    def statements_of(self, account, before=None):
        own = (one for one in self.statements if one.said["account"] == account)
        return [one for one in own if before is None or one.record.index < before]

    def before(self, index):
        """What was known before a place in the log; None where lines of a statement are not."""
        statements = [one for one in self.statements if one.record.index < index]
        if any(one.lines is None for one in statements):
            return None
        accounts = {
            one.value["account"]: self._account(one.value, index) for one in self.accounts if one.index < index
        }
        return State(accounts, statements, *self._settled(index))

    def _account(self, said, index):
        own = self.statements_of(said["account"], index)
        lines = [line for one in own for line in one.lines]
        if own and (opening := int(own[0].said["opening"])):
            lines.insert(0, Line(0, own[0].said["from"], opening, opening))
        return Account(said["fund"], own[0].said["from"] if own else None, lines)

    def _settled(self, index):
        lines, entries = {}, {}
        for said in (one.value for one in self.reconciliations if one.index < index):
            by = None if said["action"] == "undo" else said
            lines |= {(said["account"], line): by for line in said["lines"]}
            entries |= {entry: by for entry in said["entries"]}
        stands = lambda settled: {key: by for key, by in settled.items() if by}  # noqa: E731
        return stands(lines), stands(entries)


def _covering(state, own, day):
    """The first statement of each account that reaches a day; None where an account has none, or begins later."""
    found = []
    for number in own:
        statements = (one.said for one in state.statements if one.said["account"] == number)
        statement = next((said["number"] for said in statements if said["to"] >= day), None)
        if statement is None or state.accounts[number].since > day:
            return None
        found.append({"account": number, "statement": statement})
    return found or None


def _is_shown(state, by, day, days):
    """Whether a link lies within a day: what reaches beyond it is listed with all its lines and entries."""
    if by is None or by["action"] != "link":
        return False
    account = state.accounts.get(by["account"])
    lines = [one.date for one in (account.lines if account else []) if one.line in by["lines"]]
    return all(date <= day for date in [*lines, *(days.get(entry, day) for entry in by["entries"])])


def compare_with_books(state, day, known, entries):
    """`bank` of a `balances` record: by `entries` of that day, of those that are `known`."""
    own = sorted(number for number, account in state.accounts.items() if account.fund == _FUND)
    statements = _covering(state, own, day)
    if statements is None:
        return None
    upto = {(number, one.line): one.amount for number in own for one in state.accounts[number].lines if one.date <= day}
    account = f"{_FUND}:bank"
    booked = {said["number"]: posted(said, account) for said in entries if posted(said, account)}
    balance, days = sum(upto.values()), {said["number"]: said["date"] for said in known}
    shown = lambda by: _is_shown(state, by, day, days)  # noqa: E731
    left = [place for place, amount in upto.items() if amount and not shown(state.settled_lines.get(place))]
    return {
        "balance": str(balance),
        "statements": statements,
        "difference": str(sum(booked.values()) - balance),
        "entries": sorted(number for number in booked if not shown(state.settled_entries.get(number))),
        "lines": [{"account": number, "line": line} for number, line in left],
    }


def open_of(state, lines):
    """Of lines those of which nobody has said what they are."""
    return [one for one in lines if (one["account"], one["line"]) not in state.settled_lines]
