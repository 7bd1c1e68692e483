"""Events and calls of the contracts, by the specification's annex of contracts; and where they keep their values."""

from functools import cache

from .abi import decode, head_size, is_dynamic
from .annex import read
from .keccak import keccak256

NAMES = ("registry", "anchor", "assembly")


def _type_of(parameter):
    """The canonical text of a type, a tuple's fields in parentheses."""
    kind = parameter["type"]
    if not kind.startswith("tuple"):
        return kind
    return "(" + ",".join(map(_type_of, parameter["components"])) + ")" + kind.removeprefix("tuple")


def _named(parameter, value):
    """Tuples become objects with the names of their fields."""
    if not parameter["type"].startswith("tuple"):
        return value
    fields = parameter["components"]
    if parameter["type"] != "tuple":
        return [{field["name"]: _named(field, part) for field, part in zip(fields, item)} for item in value]
    return {field["name"]: _named(field, part) for field, part in zip(fields, value)}


def _signature(name, inputs):
    return f"{name}({','.join(map(_type_of, inputs))})".encode()


def _decode_named(inputs, data):
    values = decode([_type_of(one) for one in inputs], data)
    return {one["name"]: _named(one, value) for one, value in zip(inputs, values)}


@cache
def _events(contract):
    events = read("contracts")["contracts"][contract]["events"]
    return {keccak256(_signature(name, inputs)): (name, inputs) for name, inputs in events.items()}


@cache
def _calls(contract):
    calls = read("contracts")["contracts"][contract]["calls"]
    return {keccak256(_signature(name, inputs))[:4]: (name, inputs) for name, inputs in calls.items()}


def topic_of(contract, name):
    return next(topic for topic, (known, _) in _events(contract).items() if known == name)


class Event:
    """A decoded event beside the log that it was decoded from; raises ValueError where it does not decode."""

    def __init__(self, contract, log):
        if not log.topics or log.topics[0] not in _events(contract):
            raise ValueError("an unknown event")
        self.name, inputs = _events(contract)[log.topics[0]]
        indexed = [one for one in inputs if one.get("indexed")]
        others = [one for one in inputs if not one.get("indexed")]
        if len(log.topics) <= len(indexed):
            raise ValueError("a topic is missing")
        if any(is_dynamic(_type_of(one)) for one in indexed):
            raise ValueError("only its hash is there")
        if others and len(log.data) < sum(head_size(_type_of(one)) for one in others):
            raise ValueError("the data ends too soon")
        self.args = _decode_named(others, log.data)
        for one, topic in zip(indexed, log.topics[1:]):
            self.args |= _decode_named([one], topic)
        self.log = log


def decode_logs(contract, logs):
    """(events, logs that do not decode)."""
    events, broken = [], []
    for log in logs:
        try:
            events.append(Event(contract, log))
        except (ValueError, UnicodeError):
            broken.append(log)
    return events, broken


def read_call(contract, log, names, transactions):
    """({argument: value}, name, None) of the call behind an event, or (None, None, why it cannot be told)."""
    transaction = transactions.get(log.transaction)
    if transaction is None:
        return None, None, "missing"
    if transaction.to != log.address:
        return None, None, "notDirectCall"
    try:
        name, inputs = _calls(contract)[transaction.input[:4]]
        if name not in names:
            return None, None, "malformed"
        return _decode_named(inputs, transaction.input[4:]), name, None
    except (KeyError, ValueError, UnicodeError):
        return None, None, "malformed"


def code_of(contract):
    """(hash of the code without immutable values, where those lie)."""
    code = read("contracts")["contracts"][contract]["code"]
    return bytes.fromhex(code["hash"][2:]), code["immutables"]


def verifier_of(code):
    """The name of the verifier of officers' keys that has this code; None for any other."""
    if not code:
        return None
    found = "0x" + keccak256(code).hex()
    return next((name for name, known in read("contracts")["verifiers"].items() if known == found), None)


def locate(contract, path):
    """(slot as 32 bytes, offset, bytes) of a value; a step is a field's name, or a key as int or bytes."""
    first, *steps = path
    place = read("contracts")["contracts"][contract]["layout"][first]
    base = place["slot"]
    for step in steps:
        if isinstance(step, str):
            place = place["fields"][step]
            base += place["slot"]
        else:
            key = step if isinstance(step, bytes) else step.to_bytes(32, "big")
            place = place["each"]
            base = int.from_bytes(keccak256(key + (base % 2**256).to_bytes(32, "big")), "big") + place["slot"]
    return (base % 2**256).to_bytes(32, "big"), place["offset"], place["bytes"]
