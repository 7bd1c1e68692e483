"""Keccak-256 as Ethereum uses it (the padding of Keccak's submission, not that of SHA3-256)."""

_MASK = (1 << 64) - 1
_RATE = 136
_ROTATIONS = (
    (0, 36, 3, 41, 18),
    (1, 44, 10, 45, 2),
    (62, 6, 43, 15, 61),
    (28, 55, 25, 21, 56),
    (27, 20, 39, 8, 14),
)


def _round_constants():
    """The round constants of FIPS 202, section 3.2.5, from their shift register."""
    constants, register = [], 1
    for _ in range(24):
        value = 0
        for power in range(7):
            if register & 1:
                value |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register >> 7 else 0)
        constants.append(value)
    return constants


_CONSTANTS = _round_constants()
# Where lane (x, y) = x + 5y goes in the step pi, and by how much it is turned in the step rho before.
_MOVES = [(x + 5 * y, y + 5 * ((2 * x + 3 * y) % 5), _ROTATIONS[x][y]) for x in range(5) for y in range(5)]


def _write_permutation():
    """The permutation with one variable a lane, written out: several times faster than lists in a loop."""
    lanes = ", ".join(f"a{i}" for i in range(25))
    lines = [f"{lanes} = lanes", "for constant in constants:"]
    lines += [f" c{x} = a{x} ^ a{x + 5} ^ a{x + 10} ^ a{x + 15} ^ a{x + 20}" for x in range(5)]
    lines += [f" d{x} = c{(x + 4) % 5} ^ (c{(x + 1) % 5} << 1 & mask | c{(x + 1) % 5} >> 63)" for x in range(5)]
    for source, target, turn in _MOVES:
        lines.append(f" t = a{source} ^ d{source % 5}")
        lines.append(f" b{target} = t << {turn} & mask | t >> {64 - turn}" if turn else f" b{target} = t")
    for row in range(0, 25, 5):
        for x in range(5):
            lines.append(f" a{row + x} = b{row + x} ^ (b{row + (x + 1) % 5} ^ mask) & b{row + (x + 2) % 5}")
    lines.append(" a0 ^= constant")
    lines.append(f"return [{lanes}]")
    return "def permute(lanes, constants, mask):\n" + "".join(f" {line}\n" for line in lines)


_scope = {}
exec(_write_permutation(), _scope)
_permute = _scope["permute"]


def keccak256(data):
    """32 bytes."""
    lanes = [0] * 25
    padded = bytearray(data) + bytes(_RATE - len(data) % _RATE)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    for start in range(0, len(padded), _RATE):
        for i in range(_RATE // 8):
            lanes[i] ^= int.from_bytes(padded[start + 8 * i : start + 8 * i + 8], "little")
        lanes = _permute(lanes, _CONSTANTS, _MASK)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
