"""Sheets, ballots and tallies: the specification's section 4."""

from .eip712 import digest
from .keccak import keccak256

OPTIONS = ("invalid", "for", "against", "abstain")
WORDS = {"for": "同意 for", "against": "反对 against", "abstain": "弃权 abstain"}
ORIGINS = ("own", "paper")
_OPTION_OF = {option: i for i, option in enumerate(OPTIONS)} | {"blank": 0}


def pack_answers(answers):
    """Two bits per motion, motion 0 in the lowest."""
    return sum(_OPTION_OF[answer] << 2 * i for i, answer in enumerate(answers))


def unpack_answers(number, motions):
    return [OPTIONS[number >> 2 * i & 3] for i in range(motions)]


def is_complete(number, motions):
    """Whether every motion has an option and nothing stands behind them."""
    return number >> 2 * motions == 0 and "invalid" not in unpack_answers(number, motions)


def paper_digest(meeting, number):
    return keccak256(b"paper" + meeting.to_bytes(32, "big") + number.to_bytes(4, "big"))


def sheet_digest(meeting, number, motions, chain_id, contract):
    """The digest of an own ballot's sheet; that of a paper sheet where the answers are not all options."""
    if not is_complete(number, motions):
        return paper_digest(meeting, number)
    answers = [WORDS[answer] for answer in unpack_answers(number, motions)]
    return digest("Sheet", {"meeting": meeting, "answers": answers}, chain_id, contract)


def own_leaf(page, position, message_hash, signature):
    return keccak256(page.to_bytes(2, "big") + position.to_bytes(2, "big") + message_hash + signature)


def scan_hash(salt, file_hash):
    return keccak256(salt + file_hash)


def paper_leaf(voter, sheet, scan):
    return keccak256(voter.to_bytes(2, "big") + sheet + scan)


def sealed_root(root, origin):
    """What the chain keeps of a batch: the lowest byte gives way to the origin."""
    return root[:31] + bytes([origin])


def opening_order(policy, origins):
    """Numbers of the batches in the order in which they are opened."""
    newest = sorted(range(len(origins)), reverse=True)
    if policy == "oldestFirst":
        return newest[::-1]
    if policy == "newestFirst":
        return newest
    return sorted(newest, key=lambda batch: origins[batch] != "paper")


def tally_word(lanes):
    """`lanes`: (heads, area) by option; one 256-bit word."""
    return sum((heads << 48 | area) << 64 * OPTIONS.index(option) for option, (heads, area) in lanes.items())


def read_tally_word(word):
    lane = lambda i: word >> 64 * i & (1 << 64) - 1  # noqa: E731
    return {option: (lane(i) >> 48, lane(i) & (1 << 48) - 1) for i, option in enumerate(OPTIONS)}


def receipt_number(leaf):
    digits = leaf.hex()[:16].upper()
    return " ".join(digits[i : i + 4] for i in range(0, 16, 4))
