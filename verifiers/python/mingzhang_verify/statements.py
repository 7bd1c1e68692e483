"""What both funds had, took in, spent and have left: the specification's section 8, "Periods"."""

from .books import category_of, money_of, posted
from .plan import FUNDS


def _movements(fund, entries):
    """By the other side of each entry, kind and category: a credit came in, a debit went out."""
    rows = {}
    for said in (one for one in entries if one["fund"] == fund):
        for posting in said["postings"]:
            if posting["account"] in money_of(fund):
                continue
            key = said["kind"], category_of(posting["account"]) or said["category"]
            came, went, numbers = rows.setdefault(key, ([], [], set()))
            amount = int(posting["amount"])
            (came if amount < 0 else went).append(abs(amount))
            numbers.add(said["number"])
    return [
        {"kind": kind, "category": category, "count": len(numbers), "in": str(sum(came)), "out": str(sum(went))}
        for (kind, category), (came, went, numbers) in rows.items()
    ]


def funds_of(entries, first, last):
    """As a `period` record says it, of the days from `first` to `last`."""
    for fund in FUNDS:
        opening = sum(posted(said, *money_of(fund)) for said in entries if said["date"] < first)
        movements = _movements(fund, [said for said in entries if first <= said["date"] <= last])
        came, went = (sum(int(row[side]) for row in movements) for side in ("in", "out"))
        figures = {"opening": opening, "in": came, "out": went, "closing": opening + came - went}
        yield {"fund": fund, **{name: str(value) for name, value in figures.items()}, "movements": movements}
