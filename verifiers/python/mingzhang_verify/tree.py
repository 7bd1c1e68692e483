"""The tree of unit lines and of a batch's ballots: the specification's section 2, "Tree of leaves"."""

from .keccak import keccak256


def pair_hash(a, b):
    return keccak256(min(a, b) + max(a, b))


def root_of(leaves):
    """Leaf i stands at 2n - 2 - i of an array in which node i has the children 2i + 1 and 2i + 2."""
    count = len(leaves)
    tree = [b""] * (count - 1) + list(reversed(leaves))
    for i in range(count - 2, -1, -1):
        tree[i] = pair_hash(tree[2 * i + 1], tree[2 * i + 2])
    return tree[0]


def path_root(leaf, path):
    node = leaf
    for sibling in path:
        node = pair_hash(node, sibling)
    return node
