"""Blocks as a bundle holds them: the specification's sections 6, "Blocks" and "What it rests on"."""

from .curve import recover
from .keccak import keccak256
from .keys import address_of
from .rlp import decode, decode_list, encode
from .trie import ordered_root

# Where a typed transaction keeps the account that it is sent to; value and data follow.
_TO_AT = {1: 4, 2: 5, 3: 5, 4: 5}


def integer(data):
    return int.from_bytes(data, "big")


def _recover(digest, r, s, odd):
    if odd not in (0, 1):
        raise ValueError("a parity is 0 or 1")
    point = recover(digest, r, s, odd)
    if point is None:
        raise ValueError("nobody's signature")
    return address_of(point)


def _sealed_by(seal, digest):
    try:
        return _recover(digest, integer(seal[:32]), integer(seal[32:64]), seal[64])
    except ValueError:
        return None


class Header:
    """A block's header from its RLP; the hash is computed. Raises ValueError for what is none."""

    def __init__(self, rlp):
        fields = decode_list(rlp)
        if len(fields) < 15 or not all(isinstance(field, bytes) for field in fields):
            raise ValueError("a header is a list of fields")
        self.parent, self.state_root = fields[0], fields[3]
        self.transactions_root, self.receipts_root = fields[4], fields[5]
        self.number, self.timestamp = integer(fields[8]), integer(fields[11])
        self.qbft = self.number > 0 and _read_qbft(fields[12])
        if not self.qbft:
            self.hash = keccak256(rlp)
            return
        with_extra = lambda extra: keccak256(encode([*fields[:12], extra, *fields[13:]]))  # noqa: E731
        validators, self.seals, signed, hashed = self.qbft
        self.validators, self.sealed_hash = validators, with_extra(signed)
        self.hash = with_extra(hashed)

    def seal_fault(self, validators):
        """What is wrong with the seals, by the name of the specification; None where enough of `validators` sealed."""
        if not self.qbft or not self.seals:
            return "noSeals"
        signers = [_sealed_by(seal, self.sealed_hash) for seal in self.seals]
        if None in signers:
            return "badSeal"
        if not set(signers) <= set(validators):
            return "foreignValidator"
        if len(set(signers)) < len(signers):
            return "duplicateValidator"
        return "tooFew" if 3 * len(signers) < 2 * len(set(validators)) else None


def _read_qbft(extra):
    """(validators, seals, extra data as signed, extra data as hashed); None where it is no QBFT block's."""
    try:
        items = decode(extra)
    except ValueError:
        return None
    if not isinstance(items, list) or len(items) != 5:
        return None
    vanity, validators, _, block_round, seals = items
    all_of = lambda value, size: (  # noqa: E731
        isinstance(value, list) and all(isinstance(one, bytes) and len(one) == size for one in value)
    )
    known = isinstance(vanity, bytes) and len(vanity) == 32 and isinstance(block_round, bytes)
    if not known or not all_of(validators, 20) or not all_of(seals, 65):
        return None
    return validators, seals, encode([*items[:4], []]), encode([*items[:3], b"", []])


class Transaction:
    """A transaction as it was signed; hash and sender follow from its bytes. Raises ValueError for what is none."""

    def __init__(self, raw, block_hash):
        fields, to_at, digest, odd = _legacy(raw) if raw[0] >= 0xC0 else _typed(raw)
        self.hash, self.block_hash = keccak256(raw), block_hash
        self.sender = _recover(digest, integer(fields[-2]), integer(fields[-1]), odd)
        self.to = fields[to_at] or None
        self.input = fields[to_at + 2]


def _typed(raw):
    if raw[0] not in _TO_AT:
        raise ValueError("an unknown type of transaction")
    fields = decode_list(raw[1:])
    return fields, _TO_AT[raw[0]], keccak256(raw[:1] + encode(fields[:-3])), integer(fields[-3])


def _legacy(raw):
    """EIP-155: v is 27 or 28, or twice the chain's number and 35 or 36."""
    fields = decode_list(raw)
    if len(fields) != 9:
        raise ValueError("a transaction has nine fields")
    v = integer(fields[6])
    if v in (27, 28):
        return fields, 3, keccak256(encode(fields[:6])), v - 27
    if v < 35:
        raise ValueError("an unknown v")
    return fields, 3, keccak256(encode([*fields[:6], (v - 35) // 2, 0, 0])), (v - 35) % 2


class Log:
    """An event as a receipt holds it, and where it stands."""

    def __init__(self, fields, block, transaction, place):
        self.address, self.topics, self.data = fields
        if not isinstance(self.topics, list) or not isinstance(self.data, bytes):
            raise ValueError("not an event")
        self.block, self.block_hash = block.number, block.hash
        self.transaction, self.place = transaction, place

    def position(self):
        return self.block, self.place


class Block:
    """A whole block; raises ValueError when a part of it is not what it should be."""

    def __init__(self, header, transactions, receipts):
        self.header = Header(header)
        self.transactions = [Transaction(raw, self.header.hash) for raw in transactions]
        self.logs = []
        for place, raw in enumerate(receipts):
            fields = decode_list(raw if raw[0] >= 0xC0 else raw[1:])
            if len(fields) != 4 or not isinstance(fields[3], list) or place >= len(self.transactions):
                raise ValueError("not a receipt")
            for log in fields[3]:
                transaction = self.transactions[place].hash
                self.logs.append(Log(log, self.header, transaction, len(self.logs)))


def roots_of(transactions, receipts):
    return ordered_root(transactions), ordered_root(receipts)
