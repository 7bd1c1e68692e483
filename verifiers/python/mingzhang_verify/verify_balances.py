"""Published balances: buildings, ledger and bank. The specification's sections 8 and 10, "The funds"."""

from .bank import compare_with_books, open_of
from .books import figure_of, number_fault, posted, upto
from .canonical import NotCanonical, parse
from .fund import root_of
from .published import hex_of
from .records import document_fits

_FIGURES = ("deposited", "gained", "used", "balance", "owed")
_MOVED = _FIGURES[:3]


def _nodes_of(document):
    """The buildings' nodes; None where the document has another form."""
    try:
        nodes = parse(document)
    except NotCanonical:
        return None
    return nodes if document_fits("buildings", nodes) else None


def _top_of(nodes):
    """What `balances` says of the whole; None where the nodes have sums that no tree has."""
    pairs = [(bytes.fromhex(one["root"][2:]), [int(one["sums"][name]) for name in _FIGURES]) for one in nodes]
    try:
        root, sums = root_of(pairs)
    except ValueError:
        return None
    named = {name: str(value) for name, value in zip(_FIGURES, sums)}
    return {"count": sum(one["count"] for one in nodes), "root": hex_of(root), "sums": named}


def _moved_by_building(known, entries):
    """{building: {figure: fen}} by what entries say of each building."""
    moved = {}
    for said in (one for one in entries if one["fund"] == "maintenance" and one["units"]):
        figure = figure_of(said, known)
        for one in said["units"]["buildings"] if figure in _MOVED else []:
            own = moved.setdefault(one["building"], dict.fromkeys(_MOVED, 0))
            own[figure] += int(one["amount"]) if figure == "used" else -int(one["amount"])
    return moved


def _check_buildings(said, nodes, moved, checks):
    for node in nodes:
        own = moved.pop(node["building"], dict.fromkeys(_MOVED, 0))
        expected = own | {"left": own["deposited"] + own["gained"] - own["used"]}
        sums = {name: int(value) for name, value in node["sums"].items()}
        found = {name: sums[name] for name in _MOVED} | {"left": sums["balance"] - sums["owed"]}
        checks.equal("balancesBuilding", expected, found, f"{said['number']}/{node['building']}")
    for building, own in moved.items():
        if any(own.values()):
            checks.equal("balancesBuilding", own, "", f"{said['number']}/{building}")


def _check_root(books, said, moved, checks):
    document = books.document(said["buildings"])
    if document is None:
        checks.skip("balancesRoot", said["number"], "missing")
        checks.skip("balancesBuilding", said["number"], "dependsOnFailed")
        return
    nodes = _nodes_of(document)
    expected = {name: said[name] for name in ("count", "root", "sums")}
    checks.equal("balancesRoot", expected, nodes and _top_of(nodes), said["number"])
    _check_buildings(said, nodes or [], moved, checks)


def _check_ledger(said, known, entries, checks):
    """The accounts of that day, and that units and owners are the same sum."""
    sums = {name: sum(posted(one, f"maintenance:{name}") for one in entries) for name in said["ledger"]}
    sums["owners"] *= -1
    expected = sums | {"units": sums["owners"], "lastEntry": known[-1]["number"] if known else 0}
    found = {name: int(value) for name, value in said["ledger"].items()}
    found |= {"units": int(said["sums"]["balance"]) - int(said["sums"]["owed"]), "lastEntry": said["lastEntry"]}
    checks.equal("balancesLedger", expected, found, said["number"])


def check_balances(books, bank, checks):
    published = books.records_of("balances")
    checks.equal("balancesNumber", "", number_fault([one.value["number"] for one in published]))
    for record in published:
        said = record.value
        known = [one.value for one in books.records_of("entry") if one.index < record.index]
        entries = upto(known, said["date"], said["lastEntry"])
        _check_root(books, said, _moved_by_building(known, entries), checks)
        _check_ledger(said, known, entries, checks)
        state = bank.before(record.index)
        if state is None:
            checks.skip("balancesBank", said["number"], "dependsOnFailed")
        else:
            expected = compare_with_books(state, said["date"], known, entries)
            # While nobody has said what a line is, no balances are published.
            if open_ := open_of(state, expected["lines"] if expected else []):
                expected = {**expected, "open": open_}
            checks.equal("balancesBank", expected, said["bank"], said["number"])
