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


def _permute(lanes):
    for constant in _CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        mixed = [
            columns[x - 1] ^ ((columns[(x + 1) % 5] << 1 | columns[(x + 1) % 5] >> 63) & _MASK) for x in range(5)
        ]
        moved = [0] * 25
        for source, target, turn in _MOVES:
            lane = lanes[source] ^ mixed[source % 5]
            moved[target] = (lane << turn | lane >> (64 - turn)) & _MASK if turn else lane
        for row in range(0, 25, 5):
            a, b, c, d, e = moved[row : row + 5]
            lanes[row : row + 5] = [a ^ (~b & c), b ^ (~c & d), c ^ (~d & e), d ^ (~e & a), e ^ (~a & b)]
        lanes[0] ^= constant


def keccak256(data):
    """32 bytes."""
    lanes = [0] * 25
    padded = bytearray(data) + bytes(_RATE - len(data) % _RATE)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    for start in range(0, len(padded), _RATE):
        for i in range(_RATE // 8):
            lanes[i] ^= int.from_bytes(padded[start + 8 * i : start + 8 * i + 8], "little")
        _permute(lanes)
    return b"".join((lane & _MASK).to_bytes(8, "little") for lane in lanes[:4])
