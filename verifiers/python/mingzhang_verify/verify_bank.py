"""The bank's statements, and what was said of their lines: the specification's sections 3 and 10."""

from .books import number_fault, posted


def _statement_fault(said, lines, closing, last):
    """The first thing that does not agree; `closing` and `last` are the balance and the line that it follows."""
    opening = int(said["opening"])
    if closing not in (None, opening):
        return "openingDiffers"
    if len(lines) != said["count"]:
        return "countDiffers"
    if said["first"] != last + 1 or [one.line for one in lines] != list(range(last + 1, last + 1 + len(lines))):
        return "numbersDiffer"
    days = [one.date for one in lines]
    if days != sorted(days):
        return "datesFall"
    for one in lines:
        opening += one.amount
        if one.balance not in (None, opening):
            return "balanceDiffers"
    return None if opening == int(said["closing"]) else "sumDiffers"


def _check_statements(bank, account, checks):
    closing, last = None, 0
    for number, (_, said, lines) in enumerate(bank.statements_of(account["account"]), 1):
        subject = f"{account['account']}/{said['number']}"
        if lines is None:
            checks.skip("bankStatement", subject, "missing")
        else:
            fault = _statement_fault(said, lines, closing, last)
            expected = [number, account["fund"], account["tail"], ""]
            checks.equal("bankStatement", expected, [said["number"], said["fund"], said["tail"], fault or ""], subject)
        closing, last = int(said["closing"]), said["first"] + said["count"] - 1


def _sum_of_lines(said, state):
    """(what its lines come to, what is wrong with one)."""
    known, total = {one.line: one for one in state.accounts[said["account"]].lines}, 0
    for line in said["lines"]:
        if line not in known:
            return total, f"no line {line}"
        if (said["account"], line) in state.settled_lines:
            return total, f"line {line} is settled"
        total += known[line].amount
    return total, None


def _sum_of_entries(said, state, entries):
    """(what its entries come to in the fund's account at the bank, what is wrong with one)."""
    account, total = f"{state.accounts[said['account']].fund}:bank", 0
    for number in said["entries"]:
        amount = posted(entries[number], account) if number in entries else 0
        if amount == 0:
            return total, f"entry {number} is not of this account"
        if number in state.settled_entries:
            return total, f"entry {number} is settled"
        total += amount
    return total, None


def _fault(said, state, entries):
    if said["account"] not in state.accounts:
        return "no such account"
    lines, fault = _sum_of_lines(said, state)
    if fault or lines != int(said["sum"]):
        return fault or f"the lines come to {lines}"
    if said["action"] == "ignore":
        return None if said["reason"] else "no reason"
    total, fault = _sum_of_entries(said, state, entries)
    return fault or (None if total == lines else f"the entries come to {total}")


def _undo_fault(said, before):
    """What is taken back was said before, is not taken back yet, and was of the same lines and entries."""
    target = next((one for one in before if one["number"] == said["undoes"]), None)
    if target is None or target["action"] == "undo":
        return "there is no such thing"
    if any(one["undoes"] == said["undoes"] for one in before):
        return "it was taken back before"
    same = all(said[field] == target[field] for field in ("account", "lines", "entries", "sum"))
    return None if same else "it says something else"


def _check_reconciliations(books, bank, checks):
    said = [one.value for one in bank.reconciliations]
    checks.equal("reconciliationNumber", "", number_fault(one["number"] for one in said))
    for place, record in enumerate(bank.reconciliations):
        number, state = record.value["number"], bank.before(record.index)
        if state is None:
            checks.skip("bankReconciliation", number, "dependsOnFailed")
            continue
        entries = {one.value["number"]: one.value for one in books.records_of("entry") if one.index < record.index}
        undoes = record.value["action"] == "undo"
        fault = _undo_fault(record.value, said[:place]) if undoes else _fault(record.value, state, entries)
        checks.equal("bankReconciliation", "", fault or "", number)


def check_bank(books, bank, checks):
    """Statements follow one another and add up; lines and entries are there, and are settled once."""
    checks.equal("bankAccount", "", number_fault(one.value["account"] for one in bank.accounts))
    for account in bank.accounts:
        _check_statements(bank, account.value, checks)
    _check_reconciliations(books, bank, checks)
