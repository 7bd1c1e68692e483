"""The roll and its keys: the specification's section 10, steps 5 and 7."""

from .canonical import parse
from .contracts import read_call
from .eip712 import digest
from .keccak import keccak256
from .keys import KEY_BYTES
from .officers import TWO, attestation_fault
from .published import area_number, area_text, find_published, hex_of
from .records import document_fits
from .roll import areas_hash, buildings_hash, read_key_page
from .tree import root_of

_PAGE_BYTES = 24_000


class Roll:
    """A roll as the chain froze it; `areas` by voter, None where the pages are not what was signed."""

    def __init__(self, terms, areas):
        self.voters, self.total_area, self.areas = terms["voters"], terms["totalArea"], areas


def clone_args(code):
    """The immutable arguments in the code of an OpenZeppelin clone."""
    start, end = bytes.fromhex("363d3d373d3d3d363d73"), bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
    if len(code) <= 45 or code[:10] != start or code[30:45] != end:
        raise ValueError("not the code of a clone")
    return code[45:]


def _attested(evidence, frozen, checks):
    call, _, fault = read_call("registry", frozen.log, ("freezeRoll",), evidence.transactions)
    if fault:
        checks.faultless("rollAttested", "", fault)
        return fault != "malformed"
    rows = [(one["name"], one["heads"], one["area"]) for one in frozen.args["buildings"]]
    message = {"roll": frozen.args["roll"], **frozen.args["terms"], "buildings": buildings_hash(rows)}
    signed = digest("Roll", message, evidence.info["chainId"], evidence.info["registry"])
    fault = attestation_fault(evidence, signed, TWO, call["attestations"], frozen.log)
    checks.faultless("rollAttested", "", fault)
    return fault in (None, "unknownVerifier")


def _stores(evidence, frozen):
    """The pages stored ahead, of each the last one before the freeze, then the last page."""
    ahead = {}
    for event in evidence.of_registry("AreasStored"):
        if event.args["roll"] == frozen.args["roll"] and event.log.position() < frozen.log.position():
            ahead[event.args["page"]] = event.args["store"]
    terms = frozen.args["terms"]
    full = (terms["voters"] * terms["areaBytes"] - 1) // _PAGE_BYTES
    return [ahead.get(page) for page in range(full)] + [frozen.args["store"]]


def _areas(evidence, frozen, checks):
    code = [evidence.code.get(store) for store in _stores(evidence, frozen)]
    if None in code:
        checks.skip("areaPages", "", "missing")
        return None
    terms = frozen.args["terms"]
    width, expected = terms["areaBytes"], [terms["voters"], terms["totalArea"], terms["areas"]]
    try:
        data = b"".join(map(clone_args, code))
        if len(data) % width:
            raise ValueError("the pages end inside an area")
    except ValueError:
        checks.that(False, "areaPages", "", expected, "", "malformed")
        return None
    areas = [int.from_bytes(data[i : i + width], "big") for i in range(0, len(data), width)]
    found = [len(areas), sum(areas), areas_hash(areas, width)]
    return areas if checks.equal("areaPages", expected, found) else None


def _check_lines(evidence, record, checks):
    if record is None:
        return checks.skip("unitLines", "", "dependsOnFailed")
    data = evidence.document(record["lines"])
    if data is None:
        given = bytes.fromhex(record["lines"][2:]) in evidence.documents
        return checks.skip("unitLines", "", "dependsOnFailed" if given else "missing")
    known = [{name: one[name] for name in ("building", "units", "area")} for one in record["buildings"]]
    units = sum(one["units"] for one in known)
    expected = {"linesRoot": record["linesRoot"], "units": units, "others": 0, "buildings": known}
    try:
        lines = parse(data)
        if not document_fits("lines", lines):
            raise ValueError("not the lines of a roll")
    except ValueError:
        return checks.that(False, "unitLines", "", expected, "", "malformed")
    leaves = [bytes.fromhex(line["leaf"][2:]) for line in lines]
    names = [one["building"] for one in known]
    sums = []
    for name in names:
        own = [area_number(line["area"]) for line in lines if line["building"] == name]
        sums.append({"building": name, "units": len(own), "area": area_text(sum(own))})
    found = {
        "linesRoot": hex_of(root_of(leaves)) if leaves else "",
        "units": len({line["unit"] for line in lines}),
        "others": sum(line["building"] not in names for line in lines),
        "buildings": sums,
    }
    return checks.equal("unitLines", expected, found)


def _from_chain(frozen):
    terms = frozen.args["terms"]
    return {
        "roll": frozen.args["roll"],
        "voters": terms["voters"],
        "totalArea": area_text(terms["totalArea"]),
        "linesRoot": hex_of(terms["linesRoot"]),
        "areas": hex_of(terms["areas"]),
        "buildings": [
            {"building": one["name"], "heads": one["heads"], "area": area_text(one["area"])}
            for one in frozen.args["buildings"]
        ],
    }


def _from_record(record):
    rows = [{name: one[name] for name in ("building", "heads", "area")} for one in record["buildings"]]
    return {name: record[name] for name in ("roll", "voters", "totalArea", "linesRoot", "areas")} | {"buildings": rows}


def check_roll(evidence, proven, checks):
    frozen = [one for one in evidence.of_registry("RollFrozen") if one.args["roll"] == evidence.roll]
    if not frozen:
        checks.skip("rollAttested", "", "missing")
        return None
    frozen = frozen[0]
    if not _attested(evidence, frozen, checks):
        for name in ("rollRecord", "areaPages", "unitLines"):
            checks.skip(name, "", "dependsOnFailed")
        return None
    candidates = [one for one in evidence.records_of("roll") if one.value["roll"] == evidence.roll]
    terms, expected = frozen.args["terms"], _from_chain(frozen)
    record = find_published(checks, "rollRecord", candidates, proven, terms["record"], expected, _from_record)
    _check_lines(evidence, record, checks)
    return Roll(terms, _areas(evidence, frozen, checks))


class KeyRing:
    """The keys by page: (kind, [(voter, key id)]); a page that is not what was signed is not there."""

    def __init__(self, bound, revoked):
        self.pages, self.bound = {}, bound
        self._revoked = revoked

    def kind(self, page):
        """A page that was never bound is read as the contract reads it."""
        return self.pages[page][0] if page in self.pages else 0

    def key(self, page, position):
        keys = self.pages.get(page, (0, []))[1]
        return keys[position] if position < len(keys) else None

    def readable(self, page):
        return page in self.pages or page not in self.bound

    def is_revoked(self, page, position, log):
        revocation = self._revoked.get((page, position))
        return revocation is not None and revocation.position() < log.position()


def _entries(evidence, event):
    code = evidence.code.get(event.args["store"])
    try:
        return None if code is None else clone_args(code)
    except ValueError:
        return b""


def _page_fault(evidence, event, entries):
    call, _, fault = read_call("registry", event.log, ("bindKeys",), evidence.transactions)
    if fault:
        return fault
    message = {name: event.args[name] for name in ("roll", "page", "kind")} | {"entries": keccak256(entries)}
    signed = digest("Keys", message, evidence.info["chainId"], evidence.info["registry"])
    return attestation_fault(evidence, signed, TWO, call["attestations"], event.log)


def _check_page(evidence, event, checks):
    page, entries = event.args["page"], _entries(evidence, event)
    if entries is None:
        checks.skip("keyPage", page, "missing")
        return None
    kind = min(event.args["kind"], 1)
    keys = read_key_page(kind, entries) if len(entries) % (2 + KEY_BYTES[kind]) == 0 else []
    fault = _page_fault(evidence, event, entries)
    if fault:
        checks.faultless("keyPage", page, fault)
        return (kind, keys) if fault in ("missing", "notDirectCall", "unknownVerifier") else None
    voters = [voter for voter, _ in keys]
    found = [len(keys), voters == sorted(voters)]
    return (kind, keys) if checks.equal("keyPage", [event.args["count"], True], found, page) else None


def _check_key_record(evidence, event, proven, checks):
    page, entries = event.args["page"], _entries(evidence, event)
    published = [
        one for one in evidence.records_of("keys") if (one.value["page"], one.value["roll"]) == (page, evidence.roll)
    ]
    last = next((one.value for one in reversed(published) if one.index in proven), None)
    if last is None or not entries:
        detail = "dependsOnFailed" if published else "notPublished"
        return checks.skip("keyRecord", page, detail if entries else "missing")
    expected = [event.args["kind"], event.args["count"], hex_of(keccak256(entries))]
    return checks.equal("keyRecord", expected, [last[name] for name in ("kind", "count", "entries")], page)


def _check_unique(ring, revoked, checks):
    if len(ring.pages) < len(ring.bound):
        return checks.skip("keysUnique", "", "dependsOnFailed")
    seen, twice = {}, []
    for page, (kind, keys) in sorted(ring.pages.items()):
        for position, (_, key) in enumerate(keys):
            if (page, position) in revoked:
                continue
            first = seen.setdefault((kind, key), (page, position))
            if first != (page, position):
                twice.append([first, (page, position)])
    return checks.equal("keysUnique", [], twice)


def _is_duplicate(ring, place):
    page, position = place
    kind, own = ring.pages.get(page, (None, []))
    key = own[position][1] if position < len(own) else None
    return any(
        (number, at) < place and other == kind and known == key
        for number, (other, keys) in ring.pages.items()
        for at, (_, known) in enumerate(keys)
    )


def _check_revocation(evidence, ring, event, checks):
    place = event.args["page"], event.args["position"]
    subject = f"{place[0]}/{place[1]}"
    if event.args["duplicate"]:
        return checks.equal("keyRevoked", "duplicate", "duplicate" if _is_duplicate(ring, place) else "", subject)
    call, _, fault = read_call("registry", event.log, ("revokeKey",), evidence.transactions)
    if not fault:
        message = {name: event.args[name] for name in ("roll", "page", "position")}
        signed = digest("Revoke", message, evidence.info["chainId"], evidence.info["registry"])
        fault = attestation_fault(evidence, signed, TWO, call["attestations"], event.log)
    return checks.faultless("keyRevoked", subject, fault)


def check_keys(evidence, proven, checks):
    own = lambda name: [one for one in evidence.of_registry(name) if one.args["roll"] == evidence.roll]  # noqa: E731
    bound, revoked = own("KeysBound"), own("KeyRevoked")
    revoked_at = {(one.args["page"], one.args["position"]): one.log for one in revoked}
    ring = KeyRing({one.args["page"] for one in bound}, revoked_at)
    for event in bound:
        page = _check_page(evidence, event, checks)
        if page:
            ring.pages[event.args["page"]] = page
            _check_key_record(evidence, event, proven, checks)
        else:
            checks.skip("keyRecord", event.args["page"], "dependsOnFailed")
    _check_unique(ring, revoked_at.keys(), checks)
    for event in revoked:
        _check_revocation(evidence, ring, event, checks)
    return ring
