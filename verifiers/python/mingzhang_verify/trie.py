"""Ethereum's Merkle Patricia tries (Yellow Paper, appendix D): roots of whole ones, and values by proof."""

from .keccak import keccak256
from .rlp import decode, encode

EMPTY_ROOT = keccak256(encode(b""))


class NotProven(ValueError):
    """The nodes that were given do not lead that far."""


def _nibbles(key):
    return [half for byte in key for half in (byte >> 4, byte & 15)]


def _packed(nibbles, leaf):
    """Hex-prefix encoding."""
    flag = 2 * leaf + len(nibbles) % 2
    digits = [flag, *nibbles] if flag % 2 else [flag, 0, *nibbles]
    return bytes(high << 4 | low for high, low in zip(digits[::2], digits[1::2]))


def _unpacked(data):
    digits = _nibbles(data)
    if not digits or digits[0] > 3:
        raise ValueError("not a path")
    return digits[1:] if digits[0] % 2 else digits[2:], digits[0] >= 2


def _node(items, depth):
    """The node over (nibbles, value) pairs that agree in their first `depth` nibbles."""
    if len(items) == 1:
        key, value = items[0]
        return [_packed(key[depth:], True), value]
    shared = depth
    while all(len(key) > shared and key[shared] == items[0][0][shared] for key, _ in items):
        shared += 1
    if shared > depth:
        return [_packed(items[0][0][depth:shared], False), _reference(_node(items, shared))]
    branch = [b""] * 17
    for nibble in range(16):
        below = [item for item in items if len(item[0]) > depth and item[0][depth] == nibble]
        if below:
            branch[nibble] = _reference(_node(below, depth + 1))
    branch[16] = next((value for key, value in items if len(key) == depth), b"")
    return branch


def _reference(node):
    """A node stands in its parent itself where it is shorter than a hash."""
    data = encode(node)
    return node if len(data) < 32 else keccak256(data)


def ordered_root(items):
    """The root of the trie of a block's transactions or receipts: the key is the RLP of the place."""
    pairs = [(_nibbles(encode(place)), item) for place, item in enumerate(items)]
    return keccak256(encode(_node(pairs, 0))) if pairs else EMPTY_ROOT


class ProofNodes:
    """Nodes filed under the hash of their bytes: what does not belong there is simply never come to."""

    def __init__(self, nodes):
        self._nodes = {keccak256(node): node for node in nodes}

    def get(self, root, key):
        """What the trie holds under the hash of `key`; None where it is proven to hold nothing."""
        if root == EMPTY_ROOT:
            return None
        path, node = _nibbles(keccak256(key)), root
        while True:
            node = self._open(node)
            if node == b"":
                return None
            if len(node) == 17:
                if not path:
                    return node[16] or None
                node, path = node[path[0]], path[1:]
                continue
            own, leaf = _unpacked(node[0])
            if path[: len(own)] != own:
                return None
            path, node = path[len(own) :], node[1]
            if leaf:
                return node if not path else None

    def _open(self, reference):
        if isinstance(reference, list) or reference == b"":
            return reference
        if len(reference) != 32 or reference not in self._nodes:
            raise NotProven("a node is missing")
        node = decode(self._nodes[reference])
        if not isinstance(node, list) or len(node) not in (2, 17):
            raise NotProven("a node is malformed")
        return node
