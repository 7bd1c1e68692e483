"""Section 8 of the specification: apportionment, and the Merkle sum tree over the units' figures."""

import hashlib
import unicodedata

LIMIT = 2**128


def nfc(text):
    return unicodedata.normalize("NFC", text)


def apportion(amount, units):
    """Shares of (id, area in 1e-4 m², factor in 1e-6), in their order; ties by id in code point order."""
    weights = [area * factor for _, area, factor in units]
    total = sum(weights)
    shares = [amount * weight // total for weight in weights]
    left = amount - sum(shares)
    turn = sorted(range(len(units)), key=lambda i: (-(amount * weights[i] % total), nfc(units[i][0])))
    for i in turn[:left]:
        shares[i] += 1
    return shares


def _sum(value):
    if not 0 <= value < LIMIT:
        raise ValueError("a sum is between 0 and 2^128 - 1")
    return value.to_bytes(16, "big")


def _text(text):
    data = nfc(text).encode()
    return len(data).to_bytes(2, "big") + data


def leaf(tree, salt, unit, figures):
    data = b"\0" + salt + _text(tree) + _text(unit) + b"".join(map(_sum, figures))
    return hashlib.sha256(data).digest(), list(figures)


def join(left, right):
    """A node hashes both children's hashes and both children's sums."""
    if len(left[1]) != len(right[1]):
        raise ValueError("not the same figures")
    data = b"\1" + b"".join(node[0] + b"".join(map(_sum, node[1])) for node in (left, right))
    sums = [a + b for a, b in zip(left[1], right[1])]
    for value in sums:
        _sum(value)
    return hashlib.sha256(data).digest(), sums


def root_of(nodes):
    """Pairs from the left; an odd last node moves up as it is."""
    while len(nodes) > 1:
        pairs = [nodes[i : i + 2] for i in range(0, len(nodes), 2)]
        nodes = [join(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return nodes[0]


def unit_tree(tree, units):
    """Units are (building, unit, salt, figures): over each building's units, and over the buildings."""
    buildings = sorted({building for building, *_ in units}, key=nfc)
    own = lambda name: sorted((row for row in units if row[0] == name), key=lambda row: nfc(row[1]))  # noqa: E731
    return root_of([root_of([leaf(tree, salt, unit, figures) for _, unit, salt, figures in own(name)]) for name in buildings])


def is_in_sum(root, tree, own, steps):
    """Whether a leaf (salt, unit, figures) and its siblings (side, hash, sums) lead to a root with its sums."""
    try:
        node = leaf(tree, *own)
        for side, sibling, sums in steps:
            other = (sibling, sums)
            node = join(other, node) if side == "left" else join(node, other)
    except ValueError:
        return False
    return node == root
