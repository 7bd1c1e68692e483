"""What belongs to the funds, a project or a period, and what is read of it: the specification's section 10, "The funds"."""

from copy import copy
from functools import cached_property

from .contracts import decode_logs, topic_of
from .evidence import document_of, head_for, heads_of
from .keccak import keccak256
from .published import hex_of

_STEPS = "project"
_ENTRY_DOCUMENTS = {
    "roll": lambda said: [said["lines"]],
    "meeting": lambda said: [motion["plan"]["scope"]["sha256"] for motion in said["motions"] if "plan" in motion],
    "projectEmergency": lambda said: [said["plan"]["scope"]["sha256"]],
    "entry": lambda said: [
        *([said["units"]["schedule"]] if said["units"] and said["units"]["schedule"] else []),
        *said["documents"],
    ],
    "period": lambda said: [said["statement"]],
    "balances": lambda said: [said["buildings"]],
    "statement": lambda said: [said["lines"]],
}


def _of(records, kind):
    return [record for record in records if record.is_of(kind)]


def project_of(record):
    """The number of the project that a record is a step of."""
    known = record.value is not None and record.value["type"].startswith(_STEPS)
    return record.value.get("project") if known else None


class Chosen:
    """What belongs to a project or a period, by what records and events say of each other."""

    def __init__(self, records, fund, scope):
        self._records, self._fund = records, fund
        within = self._within(scope["period"]) if scope["kind"] == "period" else []
        within = self._about(scope["entry"]) if scope["kind"] == "entry" else within
        paid = _of(records, "projectPayment")
        self.projects = (
            {scope["project"]}
            if scope["kind"] == "project"
            else {one.value["project"] for one in paid if one.value["entry"] in within}
        )
        self.entries = {*within, *self._paid_entries()}
        motions = {
            (one.value["meeting"], one.value["motion"])
            for one in _of(records, "projectVote")
            if one.value["project"] in self.projects
        }
        self.reservations = self._reservations(motions)
        self.claims = {
            event.args["claim"]
            for event in self._events("ClaimSubmitted")
            if event.args["reservation"] in self.reservations
        }
        self.meetings = {meeting for meeting, _ in motions} | {
            event.args["meeting"]
            for event in self._events("MotionReserved")
            if event.args["reservation"] in self.reservations
        }

    def _events(self, *names):
        return [event for event in self._fund if event.name in names]

    def _within(self, number):
        period = next((one.value for one in _of(self._records, "period") if one.value["period"] == number), None)
        if period is None:
            return []
        return [
            one.value["number"]
            for one in _of(self._records, "entry")
            if period["from"] <= one.value["date"] <= period["to"] and one.value["number"] <= period["lastEntry"]
        ]

    def _about(self, number):
        """An entry, the other half of a pair, what it takes back, and what took these back."""
        entries = [one.value for one in _of(self._records, "entry")]
        near = set()
        for said in entries:
            if said["number"] == number:
                near |= {number, *said["linked"], *([] if said["reverses"] is None else [said["reverses"]])}
        return [*near, *(said["number"] for said in entries if said["reverses"] in near)]

    def _paid_entries(self):
        steps = [one.value for one in self._records if project_of(one) in self.projects]
        own = {said["entry"] for said in steps if said["type"] == "projectPayment"}
        own |= {entry for said in steps if said["type"] == "projectPublication" for entry in said["entries"]}
        back = {one.value["number"] for one in _of(self._records, "entry") if one.value["reverses"] in own}
        return own | back

    def _reservations(self, motions):
        steps = [one for one in self._records if project_of(one) in self.projects]
        leaves = {one.leaf for one in steps}
        said = {one.value["reservation"] for one in _of(steps, "projectReservation")}
        for event in self._events("MotionReserved", "EmergencyReserved"):
            place = event.args.get("meeting"), event.args.get("motion")
            if event.args["record"] in leaves or place in motions:
                said.add(event.args["reservation"])
        return said

    def holds_fund(self, event):
        """What a fund received and its rules always belong to it."""
        if "reservation" in event.args:
            return event.args["reservation"] in self.reservations
        return event.args["claim"] in self.claims if "claim" in event.args else "fund" in event.args


class FundEvidence:
    """Everything that is read of the funds of a bundle."""

    def __init__(self, bundle, chain, records):
        info, scope = bundle.info, bundle.scope
        self.info, self.chain_id, self.records, self.scope = info, bundle.chain_id, records, scope
        self.blocks, self.transactions = chain.blocks, chain.transactions
        self.broken = []
        read = lambda contract, *names: self._read(chain, contract, names)  # noqa: E731
        self.registry = read("registry", "OfficerSet", "AssemblySet")
        self.assembly = read("assembly", "MeetingConvened", "MotionDecided", "MeetingConcluded")
        self.anchor, self.fund = read("anchor"), read("fund")
        self.heads = heads_of(self.anchor)
        self.chosen = None if scope["kind"] == "community" else Chosen(records, self.fund, scope)
        if self.chosen:
            self.fund = [event for event in self.fund if self.chosen.holds_fund(event)]
            self.assembly = [event for event in self.assembly if event.args["meeting"] in self.chosen.meetings]
        self.inclusion, self.consistency = self._proofs(bundle)
        last = self.heads[-1].size if self.heads else None
        self.checkpoint = bundle.checkpoints.get(last) if bundle.checkpoints and self.heads else False
        self.code = {address: bundle.code[address] for address in self._wanted_code() if address in bundle.code}
        self.documents, self.state, self.exports = bundle.documents, bundle.state, bundle.exports

    def _read(self, chain, contract, names):
        address = self.info[contract]
        topics = [(topic_of(contract, name),) for name in names] or [()]
        logs = [log for topic in topics for log in chain.logs_of(address, *topic)]
        events, broken = decode_logs(contract, logs)
        self.broken += broken
        return events

    def _proofs(self, bundle):
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
        yield from (self.info[name] for name in ("registry", "anchor", "assembly", "fund"))
        yield from (event.args["signer"][:20] for event in self.of_registry("OfficerSet"))

    def books(self):
        """The evidence up to where the books end: of a period, its closing and the balances that come next."""
        if self.scope["kind"] != "period":
            return self
        closing = [one.index for one in self.records_of("period") if one.value["period"] == self.scope["period"]][:1]
        ends = closing + [one.index for one in self.records_of("balances") if one.index - 1 in closing]
        books = copy(self)
        books.records = [one for one in self.records if ends and one.index <= ends[-1]]
        return books

    def looks_into(self, entry):
        """Whether an entry's schedule and documents are there to be looked at."""
        return self.chosen is None or entry["number"] in self.chosen.entries

    @cached_property
    def officers(self):
        """The ids of all whom the Registry has ever known as officers."""
        return {hex_of(keccak256(event.args["signer"])) for event in self.of_registry("OfficerSet")}

    def document(self, name):
        return document_of(self.documents, name)

    def of_registry(self, name):
        return [event for event in self.registry if event.name == name]

    def of_fund(self, *names):
        return [event for event in self.fund if event.name in names]

    def time_of(self, log):
        block = self.blocks.get(log.block)
        return block and block.timestamp

    def records_of(self, kind):
        return _of(self.records, kind)

    def wanted_documents(self):
        """Hashes of the documents that are needed."""
        wanted = []
        for record in self.records:
            read = record.value and _ENTRY_DOCUMENTS.get(record.value["type"])
            closed = record.is_of("entry") and not self.looks_into(record.value)
            wanted += read(record.value) if read and not closed else []
        return list(dict.fromkeys(wanted))

    def shown_documents(self):
        """Hashes of the files of a project's steps, which are compared where they are there."""
        shown = []
        for record in self.records if self.chosen else []:
            if project_of(record) is not None:
                shown += [document["sha256"] for document in record.value.get("documents", [])]
                shown += [record.value["sha256"]] if record.is_of("projectInvoice") else []
        return list(dict.fromkeys(shown))
