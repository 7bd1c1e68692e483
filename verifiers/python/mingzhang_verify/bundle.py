"""An evidence bundle's files: the specification's section 6."""

import re
from hashlib import sha256

from .archive import NotABundle, is_safe_name
from .block import Block, Header
from .canonical import NotCanonical, parse
from .dispute import FILES as CLAIM_FILES
from .shape import closed, fits
from .trie import ProofNodes

_HEX = {"type": "string", "pattern": "^0x([0-9a-f]{2})*$"}
_NUMBER = {"type": "integer", "minimum": 0}
_POSITIVE = {"type": "integer", "minimum": 1}
_TEXT = {"type": "string"}


def _list(items):
    return {"type": "array", "items": items}


_COMMUNITY = closed(
    community=_TEXT, chainId=_NUMBER, registry=_HEX, anchor=_HEX, assembly=_HEX, fund=_HEX
)
_SCOPE = {
    "anyOf": [
        closed(kind={"const": "meeting"}, meeting=_POSITIVE),
        closed(kind={"const": "project"}, project=_POSITIVE),
        closed(kind={"const": "period"}, period=_POSITIVE),
        closed(kind={"const": "entry"}, entry=_POSITIVE),
        closed(kind={"const": "community"}),
    ]
}
_MANIFEST = closed(
    format={"const": "mingzhang-bundle"},
    v={"const": 2},
    scope=_SCOPE,
    community=_COMMUNITY,
    chain=closed(chainId=_NUMBER, head=closed(number=_NUMBER, hash=_HEX, timestamp=_NUMBER)),
    files=_list(closed(name=_TEXT, size=_NUMBER, sha256=_HEX)),
)
_FORMS = {
    "records/disclosures.json": _list(
        closed(index=_NUMBER, fields=_list(closed(path=_TEXT, salt=_HEX, value=_TEXT)))
    ),
    "proofs/inclusion.json": _list(closed(index=_NUMBER, size=_NUMBER, path=_list(_HEX))),
    "proofs/consistency.json": _list(closed(first=_NUMBER, second=_NUMBER, path=_list(_HEX))),
    "chain/code.json": _list(closed(address=_HEX, code=_HEX)),
    "chain/state.json": closed(nodes=_list(_HEX)),
}
_BLOCK = closed(header=_HEX, transactions=_list(_HEX), receipts=_list(_HEX))
_NUMBERED = r"(0|[1-9]\d{0,14})"


def to_bytes(text):
    return bytes.fromhex(text[2:])


def read_manifest(files):
    if "manifest.json" not in files:
        raise NotABundle("noManifest")
    try:
        manifest = parse(files["manifest.json"])
    except NotCanonical as error:
        raise NotABundle("badManifest") from error
    if not fits(_MANIFEST, manifest, {}):
        raise NotABundle("badManifest")
    names = [entry["name"] for entry in manifest["files"]]
    if not all(map(is_safe_name, names)) or any(a >= b for a, b in zip(names, names[1:])):
        raise NotABundle("badManifest")
    return manifest


def check_files(manifest, files, checks):
    """The files that the manifest lists; names what differs, is missing or is not listed."""
    listed, faults = {}, 0
    for entry in manifest["files"]:
        name, expected = entry["name"], entry["sha256"]
        found = "0x" + sha256(files[name]).hexdigest() if name in files else ""
        if name in files:
            listed[name] = files[name]
        if found != expected:
            faults += 1
            checks.that(False, "bundleFile", name, expected, found, "differs" if found else "missing")
    for name in files:
        if name != "manifest.json" and name not in listed:
            faults += 1
            checks.that(False, "bundleFile", name, "", name, "notListed")
    if not faults:
        checks.equal("bundleFile", len(manifest["files"]), len(listed))
    return listed


class Bundle:
    """What a bundle holds, read; a file that cannot be read is named and taken as if it were not there."""

    def __init__(self, files, checks):
        manifest = read_manifest(files)
        self._files, self._checks = check_files(manifest, files, checks), checks
        self.scope, self.info = manifest["scope"], self._contracts(manifest["community"])
        self.chain_id, self.head = manifest["chain"]["chainId"], manifest["chain"]["head"]["number"]
        disclosed = self._json("records/disclosures.json") or []
        self.disclosures = {entry["index"]: entry["fields"] for entry in disclosed}
        self.records = dict(sorted((int(n), data) for n, data in self._named(rf"records/{_NUMBERED}\.json")))
        proofs = self._json("proofs/inclusion.json") or []
        self.inclusion = {(one["index"], one["size"]): self._hashes(one["path"]) for one in proofs}
        proofs = self._json("proofs/consistency.json") or []
        self.consistency = {(one["first"], one["second"]): self._hashes(one["path"]) for one in proofs}
        notes = self._named(rf"checkpoints/{_NUMBERED}")
        self.checkpoints = {int(size): data.decode("utf-8", "replace") for size, data in notes}
        documents = self._named(r"documents/([0-9a-f]{64})\.[a-z0-9]+")
        self.documents = {bytes.fromhex(name): data for name, data in documents}
        # Which exports there are: the number of the period and the ending of the file.
        self.exports = [tuple(one.split(".")) for one, _ in self._named(r"exports/period-([1-9]\d{0,14}\.[a-z]+)")]
        self.whole_blocks = self._blocks()
        self.code = {to_bytes(one["address"]): to_bytes(one["code"]) for one in self._json("chain/code.json") or []}
        state = self._json("chain/state.json")
        self.state = self._open_state(state)
        # The files of a claim, where somebody makes one.
        self.claim = {name: self._files[name] for name in CLAIM_FILES if name in self._files}

    def _open_state(self, state):
        """(header of the last block, nodes of its tries); None where either is not there."""
        try:
            return state and (Header(self.whole_blocks[self.head][0]), ProofNodes(self._hashes(state["nodes"])))
        except (KeyError, ValueError):
            return None

    def _contracts(self, info):
        names = ("registry", "anchor", "assembly", "fund")
        return {**info, **{name: to_bytes(info[name]) for name in names}}

    def _hashes(self, texts):
        return [to_bytes(text) for text in texts]

    def _named(self, pattern):
        matches = ((re.fullmatch(pattern, name), data) for name, data in self._files.items())
        return [(match[1], data) for match, data in matches if match]

    def _parse(self, form, name, data):
        try:
            value = parse(data)
        except NotCanonical:
            value = None
        if value is not None and fits(form, value, {}):
            return value
        self._checks.that(False, "bundleFile", name, detail="malformed")
        return None

    def _json(self, name):
        return self._parse(_FORMS[name], name, self._files[name]) if name in self._files else None

    def _blocks(self):
        """{number that the file's name says: (header, transactions, receipts) as bytes}."""
        blocks = {}
        for number, data in self._named(rf"chain/blocks/{_NUMBERED}\.json"):
            block = self._parse(_BLOCK, f"chain/blocks/{number}.json", data)
            if block:
                lists = [self._hashes(block[key]) for key in ("transactions", "receipts")]
                blocks[int(number)] = (to_bytes(block["header"]), *lists)
        return dict(sorted(blocks.items()))


class Chain:
    """What a bundle's blocks say; a block that cannot be read is not there, and its own check says so."""

    def __init__(self, bundle):
        self.blocks, self.transactions, self.logs = {}, {}, []
        # One header for each of the bundle's blocks, None where it cannot be read.
        self.read = []
        for parts in bundle.whole_blocks.values():
            try:
                block = Block(*parts)
            except (ValueError, IndexError):
                self.read.append(None)
                continue
            self.read.append(block.header)
            self.blocks[block.header.number] = block.header
            self.transactions |= {one.hash: one for one in block.transactions}
            self.logs += block.logs
        self.logs.sort(key=lambda log: log.position())

    def logs_of(self, address, *topics):
        """The events of a contract with these topics; None is any."""
        return [
            log
            for log in self.logs
            if log.address == address
            and all(topic is None or log.topics[i : i + 1] == [topic] for i, topic in enumerate(topics))
        ]
