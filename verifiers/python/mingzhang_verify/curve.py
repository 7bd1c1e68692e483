"""Verification of ECDSA signatures on secp256k1 and P-256 with Python's own integers.

Nothing here is secret, so nothing has to run in constant time. Points are (x, y, z) in Jacobian coordinates.
"""


class Curve:
    """y² = x³ + ax + b over the integers modulo p, with the generator g of order n (SEC 2, FIPS 186-5)."""

    def __init__(self, p, a, b, g, n):
        self.p, self.a, self.b, self.n = p, a, b, n
        self.generator = (*g, 1)

    def contains(self, x, y):
        return 0 <= x < self.p and 0 <= y < self.p and (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0

    def lift(self, x, odd):
        """The y that belongs to x, odd or even; None where x is no point's. Both primes are 3 modulo 4."""
        square = (x * x * x + self.a * x + self.b) % self.p
        y = pow(square, (self.p + 1) // 4, self.p)
        if y * y % self.p != square:
            return None
        return y if y & 1 == odd else self.p - y

    def double(self, point):
        x, y, z = point
        p = self.p
        if y == 0:
            return (0, 1, 0)
        yy = y * y % p
        s = 4 * x * yy % p
        m = (3 * x * x + self.a * pow(z, 4, p)) % p if self.a else 3 * x * x % p
        new_x = (m * m - 2 * s) % p
        return (new_x, (m * (s - new_x) - 8 * yy * yy) % p, 2 * y * z % p)

    def add(self, first, second):
        if first[2] == 0:
            return second
        if second[2] == 0:
            return first
        p = self.p
        (x1, y1, z1), (x2, y2, z2) = first, second
        zz1, zz2 = z1 * z1 % p, z2 * z2 % p
        u1, u2 = x1 * zz2 % p, x2 * zz1 % p
        s1, s2 = y1 * z2 * zz2 % p, y2 * z1 * zz1 % p
        if u1 == u2:
            return self.double(first) if s1 == s2 else (0, 1, 0)
        h, r = (u2 - u1) % p, (s2 - s1) % p
        hh = h * h % p
        hhh, v = h * hh % p, u1 * hh % p
        x = (r * r - hhh - 2 * v) % p
        return (x, (r * (v - x) - s1 * hhh) % p, h * z1 * z2 % p)

    def combine(self, k, l, point):
        """k·g + l·point, both bit by bit at once (Shamir's trick)."""
        both = self.add(self.generator, point)
        result = (0, 1, 0)
        for bit in range(max(k.bit_length(), l.bit_length()) - 1, -1, -1):
            result = self.double(result)
            choice = (k >> bit & 1) | (l >> bit & 1) << 1
            if choice:
                result = self.add(result, (self.generator, point, both)[choice - 1])
        return result

    def affine(self, point):
        x, y, z = point
        if z == 0:
            return None
        inverse = pow(z, -1, self.p)
        square = inverse * inverse % self.p
        return (x * square % self.p, y * square * inverse % self.p)


SECP256K1 = Curve(
    p=2**256 - 2**32 - 977,
    a=0,
    b=7,
    g=(
        0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
        0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
    ),
    n=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
)

P256 = Curve(
    p=2**256 - 2**224 + 2**192 + 2**96 - 1,
    a=-3,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    g=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    n=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)


def verify(curve, digest, r, s, public):
    """Whether the point `public` (x, y) signed the 32-byte digest; a high s is refused."""
    if not (0 < r < curve.n and 0 < s <= curve.n // 2 and curve.contains(*public)):
        return False
    inverse = pow(s, -1, curve.n)
    z = int.from_bytes(digest, "big")
    point = curve.affine(curve.combine(z * inverse % curve.n, r * inverse % curve.n, (*public, 1)))
    return point is not None and point[0] % curve.n == r


def recover(digest, r, s, odd):
    """The secp256k1 point that made the signature, or None; a high s is refused (EIP-2)."""
    curve = SECP256K1
    if not (0 < r < curve.n and 0 < s <= curve.n // 2):
        return None
    y = curve.lift(r, odd)
    if y is None:
        return None
    inverse = pow(r, -1, curve.n)
    z = int.from_bytes(digest, "big")
    return curve.affine(curve.combine(-z * inverse % curve.n, s * inverse % curve.n, (r, y, 1)))
