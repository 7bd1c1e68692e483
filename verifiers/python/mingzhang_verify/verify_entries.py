"""Entries of the books, each by itself and in their order: the specification's sections 8 and 10, "The funds"."""

from .books import check_two_officers, entries_of, entry_fault, is_payment, number_fault


def _effect(said, sign):
    """What an entry moves in public: its fund, postings and buildings."""
    buildings = said["units"]["buildings"] if said["units"] else []
    amounts = lambda rows, name: sorted((one[name], sign * int(one["amount"])) for one in rows)  # noqa: E731
    return said["fund"], amounts(said["postings"], "account"), amounts(buildings, "building")


def _reversal_fault(said, earlier, entries):
    """What is wrong with an entry that takes back another one; `once` where nothing is."""
    if said["kind"] != "reversal":
        return "no reversal"
    original = next((one for one in earlier if one["number"] == said["reverses"]), None)
    if original is None:
        return f"of no entry {said['reverses']}"
    if original["kind"] == "reversal":
        return "of a reversal"
    back = {}
    for one in entries:
        back.setdefault(one["reverses"], []).append(one["number"])
    if len(back[said["reverses"]]) > 1:
        return " and ".join(map(str, back[said["reverses"]]))
    if said["date"] < original["date"]:
        return "before its original"
    if said["reason"] is None:
        return "without a reason"
    if _effect(said, 1) != _effect(original, -1):
        return "another amount"
    left = [number for number in original["linked"] if number not in back]
    return f"without {' and '.join(map(str, left))}" if left else "once"


def check_entries(evidence, checks):
    entries = entries_of(evidence)
    for place, said in enumerate(entries):
        number = said["number"]
        checks.equal("entrySound", "sound", entry_fault(said) or "sound", number)
        # The approvals on chain stand behind a payment.
        if not is_payment(said) or said["author"] or said["confirmer"]:
            check_two_officers(evidence, "entryOfficers", number, said, checks)
        if said["kind"] == "reversal" or said["reverses"] is not None:
            checks.equal("entryReversal", "once", _reversal_fault(said, entries[:place], entries), number)


def check_entry_order(books, checks):
    """Numbers in the order of the log, and no entry on a day that was closed before it."""
    checks.equal("entryNumber", "", number_fault([said["number"] for said in entries_of(books)]))
    closed = None
    for record in books.records:
        if record.is_of("period"):
            closed = record.value["to"]
        elif record.is_of("entry") and closed is not None:
            day, expected = record.value["date"], f"after {closed}"
            checks.equal("entryDay", expected, expected if day > closed else day, record.value["number"])
