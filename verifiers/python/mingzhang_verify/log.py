"""The transparency log: RFC 6962 and RFC 9162 hashing and proofs with SHA-256."""

from hashlib import sha256


def leaf_hash(data):
    return sha256(b"\0" + data).digest()


def node_hash(left, right):
    return sha256(b"\1" + left + right).digest()


def root_of(leaves):
    """Root of the tree over leaf hashes (RFC 9162, section 2.1.1)."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def inclusion_root(leaf, index, size, path):
    """The root to which an inclusion proof leads (section 2.1.3.2); None where its length does not fit."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def consistency_roots(first, second, first_root, path):
    """Both roots to which a consistency proof leads (section 2.1.4.2); None where its length does not fit."""
    if not 0 < first <= second:
        return None
    if first == second:
        return (first_root, first_root) if not path else None
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    path = [first_root, *path] if place == 0 else list(path)
    if not path:
        return None
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
