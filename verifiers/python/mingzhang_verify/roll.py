"""The roll: unit lines, areas, buildings and key pages of the specification's section 2."""

import unicodedata

from .abi import encode
from .keccak import keccak256
from .keys import KEY_BYTES


def line_leaf(salt, unit, area, voter):
    """Area in 1e-4 m²."""
    unit = unicodedata.normalize("NFC", unit)
    return keccak256(encode(["bytes32", "string", "uint64", "uint16"], [salt, unit, area, voter]))


def areas_hash(areas, width):
    return keccak256(b"".join(area.to_bytes(width, "big") for area in areas))


def buildings_hash(buildings):
    """`buildings`: (name, heads, area) each."""
    return keccak256(encode(["(string,uint32,uint64)[]"], [buildings]))


def encode_key_page(bindings):
    """`bindings`: (voter, key id) each; sorted by voter."""
    return b"".join(voter.to_bytes(2, "big") + key for voter, key in sorted(bindings))


def read_key_page(kind, entries):
    """[(voter, key id)]; raises ValueError where the bytes are no whole number of entries."""
    width = 2 + KEY_BYTES[kind]
    if len(entries) % width:
        raise ValueError("a key page is cut off")
    return [
        (int.from_bytes(entries[i : i + 2], "big"), entries[i + 2 : i + width])
        for i in range(0, len(entries), width)
    ]
