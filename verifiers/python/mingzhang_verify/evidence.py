"""What the verification of a meeting reads: the specification's section 10, "What is read"."""

import json
from hashlib import sha256

from .canonical import NotCanonical
from .contracts import Event, decode_logs, topic_of
from .log import leaf_hash
from .records import NotARecord, parse_record


def word(number):
    return number.to_bytes(32, "big")


class Record:
    """A record with its leaf; `value` is None where the bytes are no record."""

    def __init__(self, index, data, disclosures):
        self.index, self.leaf, self.disclosures = index, leaf_hash(data), disclosures
        try:
            self.value = parse_record(data)
        except (NotCanonical, NotARecord):
            self.value = None
        self._said = self.value or _read_loosely(data)

    def is_of(self, kind, **fields):
        known = self.value is not None and self.value["type"] == kind
        return known and all(self.value[name] == value for name, value in fields.items())

    def may_be(self, **fields):
        """Whether it meets a query; what cannot be read may be any."""
        return not isinstance(self._said, dict) or all(self._said.get(name) == value for name, value in fields.items())

    def sealed_fields(self):
        """[(JSON pointer, hash)]; a redaction names the hash of another record and seals nothing itself."""
        return [] if self.value is None or self.value["type"] == "redaction" else list(_sealed(self.value, ""))


def _read_loosely(data):
    try:
        return json.loads(data)
    except ValueError:
        return None


def _sealed(value, path):
    if isinstance(value, dict):
        if list(value) == ["sealed"] and isinstance(value["sealed"], str):
            yield path, value["sealed"]
            return
        for name, inner in value.items():
            yield from _sealed(inner, f"{path}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _sealed(inner, f"{path}/{place}")


class Head:
    """A head of the log that the Anchor accepted."""

    def __init__(self, event):
        self.size, self.root, self.log = event.args["size"], event.args["root"], event.log


def head_for(heads, index):
    """The first head that holds a record."""
    return next((head for head in heads if head.size > index), None)


class Evidence:
    """Everything that is read to verify one meeting of a bundle."""

    def __init__(self, bundle, chain, meeting, records):
        info = bundle.info
        self.meeting, self.info, self.chain_id = meeting, info, bundle.chain_id
        self.blocks, self.transactions = chain.blocks, chain.transactions
        assembly = chain.logs_of(info["assembly"], None, word(meeting))
        self.assembly, broken = decode_logs("assembly", assembly)
        self.anchor, more = decode_logs("anchor", chain.logs_of(info["anchor"]))
        broken = broken + more
        convened = self.first("MeetingConvened")
        self.roll = convened and convened.args["roll"]
        logs = chain.logs_of(info["registry"], topic_of("registry", "OfficerSet"))
        logs += chain.logs_of(info["registry"], topic_of("registry", "AssemblySet"))
        if self.roll is not None:
            logs += chain.logs_of(info["registry"], None, word(self.roll))
        logs.sort(key=lambda log: log.position())
        self.registry, more = decode_logs("registry", logs)
        self.broken = broken + more
        self.heads = heads_of(self.anchor)
        self.records = self._select(records, bundle)
        self.inclusion, self.consistency = self._proofs(bundle)
        # None: missing; False: the bundle holds no checkpoints at all.
        last = self.heads[-1].size if self.heads else None
        self.checkpoint = bundle.checkpoints.get(last) if bundle.checkpoints and self.heads else False
        self.code = {address: bundle.code[address] for address in self._wanted_code() if address in bundle.code}
        self.documents = bundle.documents
        self.state = bundle.state

    def _select(self, records, bundle):
        """In a bundle of a meeting all of them; else those that bear on it."""
        if bundle.scope["kind"] == "meeting":
            return records
        queries = [{"type": "community"}, {"type": "logKey"}]
        queries += [{"type": kind, "roll": self.roll or 0} for kind in ("roll", "meeting", "keys", "revocation")]
        queries += [{"type": kind, "meeting": self.meeting} for kind in ("extension", "result")]
        found = [one for one in records if any(one.may_be(**query) for query in queries)]
        open_ = {one.index for one in found if len(one.sealed_fields()) > len(one.disclosures)}
        more = [one for one in records if any(one.may_be(type="redaction", record=index) for index in open_)]
        return sorted({one.index: one for one in found + more}.values(), key=lambda one: one.index)

    def _proofs(self, bundle):
        """{index: path} from the first head that holds the record, {size: path} from each used head to the last."""
        inclusion, used = {}, set()
        for record in self.records:
            head = head_for(self.heads, record.index)
            if head and (record.index, head.size) in bundle.inclusion:
                inclusion[record.index] = bundle.inclusion[record.index, head.size]
                used.add(head.size)
        last = self.heads[-1].size if self.heads else None
        keys = {size: (size, last) for size in used - {last}}
        return inclusion, {size: bundle.consistency[key] for size, key in keys.items() if key in bundle.consistency}

    def _wanted_code(self):
        """The contracts themselves, officers or their verifiers, pages of areas and keys."""
        yield from (self.info[name] for name in ("registry", "anchor", "assembly"))
        yield from (event.args["signer"][:20] for event in self.of_registry("OfficerSet"))
        for name in ("AreasStored", "RollFrozen", "KeysBound"):
            yield from (event.args["store"] for event in self.of_registry(name))

    def of(self, name) -> list[Event]:
        return [event for event in self.assembly if event.name == name]

    def first(self, name):
        return next(iter(self.of(name)), None)

    def of_registry(self, name):
        return [event for event in self.registry if event.name == name]

    def records_of(self, kind):
        return [record for record in self.records if record.is_of(kind)]

    def time_of(self, log):
        block = self.blocks.get(log.block)
        return block and block.timestamp

    def document(self, name):
        return document_of(self.documents, name)


def document_of(documents, name):
    """The bytes of a document, if they are those that the hash names."""
    digest = bytes.fromhex(name[2:])
    data = documents.get(digest)
    return data if data is not None and sha256(data).digest() == digest else None


def heads_of(anchor):
    return [Head(event) for event in anchor if event.name == "HeadAnchored"]


def wanted_documents(records):
    """The hashes of the documents that rolls and meetings name, each once."""
    wanted = []
    for record in records:
        value = record.value or {}
        if record.is_of("roll"):
            wanted += [value["lines"], value["source"]]
        for motion in value["motions"] if record.is_of("meeting") else []:
            wanted += [motion["text"], *(document["sha256"] for document in motion["documents"])]
            wanted += [motion["plan"]["scope"]["sha256"]] if "plan" in motion else []
    return list(dict.fromkeys(wanted))
