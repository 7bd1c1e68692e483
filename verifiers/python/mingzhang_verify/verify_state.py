"""What the contracts must hold after the events that are known: the specification's section 10, step 11."""

from .ballots import ORIGINS, tally_word
from .contracts import locate
from .keccak import keccak256
from .rlp import decode
from .trie import EMPTY_ROOT

_EMPTY_CODE = keccak256(b"")
_SELF_SEALED = 128


def _words(bits, count):
    """Bits set in words of 256."""
    words = [0] * count
    for bit in bits:
        if bit // 256 < count:
            words[bit // 256] |= 1 << bit % 256
    return words


def anchor_values(evidence):
    last = evidence.heads[-1] if evidence.heads else None
    yield ("_head", "size"), last.size if last else 0
    yield ("_head", "root"), last.root if last else 0
    yield ("_head", "anchoredAt"), evidence.time_of(last.log) if last else 0


def officer_values(evidence):
    named = evidence.of_registry("AssemblySet")
    yield ("_assembly",), named[-1].args["assemblyAddress"] if named else 0
    changes = evidence.of_registry("OfficerSet")
    found = [evidence.transactions.get(event.log.transaction) for event in changes]
    # Those of the deployment itself are not changes.
    yield ("_officerNonce",), None if None in found else sum(one.to is not None for one in found)
    for officer, roles in {event.args["officerId"]: event.args["roles"] for event in changes}.items():
        yield ("_roles", officer), roles


def _page(evidence, roll, event):
    page = event.args["page"]
    revoked = [
        one.args["position"]
        for one in evidence.of_registry("KeyRevoked")
        if (one.args["roll"], one.args["page"]) == (roll, page)
    ]
    for field in ("store", "kind", "count"):
        yield ("_keyPages", roll, page, field), event.args[field]
    yield ("_keyPages", roll, page, "revoked"), len(revoked)
    for word, bits in enumerate(_words(revoked, -(-event.args["count"] // 256))):
        yield ("_revoked", roll, page, word), bits


def _roll(evidence, roll):
    own = lambda name: [one for one in evidence.of_registry(name) if one.args["roll"] == roll]  # noqa: E731
    frozen, bound, assigned = own("RollFrozen"), own("KeysBound"), own("RollAssigned")
    if not frozen:
        return
    for field in ("voters", "totalArea", "areaBytes"):
        yield ("_rolls", roll, field), frozen[0].args["terms"][field]
    yield ("_rolls", roll, "keyPages"), len(bound)
    yield ("_rolls", roll, "keysUntil"), assigned[-1].args["keysUntil"] if assigned else 0
    for event in bound:
        yield from _page(evidence, roll, event)


def _fields(evidence, convocation):
    extended, sealed = evidence.of("MeetingExtended"), evidence.of("BatchSealed")
    concluded, lapsed = evidence.first("MeetingConcluded"), len(evidence.of("BatchLapsed"))
    same = ("opensAt", "paperSeconds", "revealSeconds", "objectionSeconds", "conflict", "invalidParticipates", "roll")
    return {name: convocation[name] for name in same} | {
        "closesAt": extended[-1].args["closesAt"] if extended else convocation["closesAt"],
        "motions": len(convocation["items"]),
        "batches": len(sealed),
        "papers": sum(one.args["origin"] & ~_SELF_SEALED == 1 for one in sealed),
        "concludedAt": evidence.time_of(concluded.log) if concluded else 0,
        "done": len(evidence.of("BatchCounted")) + lapsed,
        "lapsed": lapsed,
        "singles": len(evidence.of("BallotCounted")),
        "items": sum(item << 4 * i for i, item in enumerate(convocation["items"])),
    }


def _assembly(evidence, count):
    convened = evidence.first("MeetingConvened")
    if convened is None:
        return
    convocation, poll = convened.args["convocation"], ("_polls", evidence.meeting)
    for field, value in _fields(evidence, convocation).items():
        yield (*poll, "meeting", field), value
    for motion, plan in enumerate(convocation["plans"]):
        yield (*poll, "plans", motion), plan
    for event in evidence.of("BatchSealed"):
        commitment = event.args["root"][:31] + bytes([event.args["origin"]])
        yield (*poll, "commitments", event.args["batch"]), commitment
    if not evidence.first("MeetingConcluded") or count.tallies is None:
        return
    for motion, lanes in enumerate(count.tallies):
        for origin, name in enumerate(ORIGINS):
            yield (*poll, "tallies", motion, origin), tally_word(lanes[name])
    frozen = [one for one in evidence.of_registry("RollFrozen") if one.args["roll"] == evidence.roll]
    voters = frozen[0].args["terms"]["voters"] if frozen else 0
    for word, bits in enumerate(_words(count.voted, -(-voters // 256))):
        yield (*poll, "counted", word), bits


def _account(state, address):
    """(storage root, code hash), proven against the state root."""
    header, nodes = state
    data = nodes.get(header.state_root, address)
    if data is None:
        return EMPTY_ROOT, _EMPTY_CODE
    _, _, storage, code = decode(data)
    return storage, code


def _compare(state, contract, address, values):
    """(what was expected, what was found) of the values that differ."""
    storage, _ = _account(state, address)
    expected, found = {}, {}
    for path, value in values:
        slot, offset, size = locate(contract, path)
        data = state[1].get(storage, slot)
        word = int.from_bytes(decode(data), "big") if data else 0
        held = word >> 8 * offset & (1 << 8 * size) - 1
        value = int.from_bytes(value, "big") if isinstance(value, bytes) else int(value)
        if held != value:
            name = ".".join(step.hex()[:8] if isinstance(step, bytes) else str(step) for step in path)
            expected[name], found[name] = value, held
    return expected, found


def _check_code(evidence, checks):
    for address, code in evidence.code.items():
        subject = "0x" + address.hex()
        try:
            expected = _account(evidence.state, address)[1]
        except (ValueError, TypeError):
            checks.skip("stateCode", subject, "notProven")
            continue
        checks.equal("stateCode", expected, keccak256(code), subject)


def compare_state(evidence, wanted, checks):
    """Code and values, by contract: what the state holds is what is wanted."""
    _check_code(evidence, checks)
    for contract, paths in wanted.items():
        values = [(path, value) for path, value in paths if value is not None]
        try:
            expected, found = _compare(evidence.state, contract, evidence.info[contract], values)
        except (ValueError, TypeError):
            checks.skip("stateAgrees", contract, "notProven")
            continue
        checks.equal("stateAgrees", expected or len(values), found or len(values), contract)


def check_state(evidence, count, checks):
    if not evidence.state:
        return
    roll = [] if evidence.roll is None else list(_roll(evidence, evidence.roll))
    wanted = {
        "registry": [*officer_values(evidence), *roll],
        "anchor": list(anchor_values(evidence)),
        "assembly": list(_assembly(evidence, count)),
    }
    compare_state(evidence, wanted, checks)
