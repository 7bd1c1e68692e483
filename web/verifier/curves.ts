import { type Hex, hexToBigInt, keccak256, numberToHex, slice } from "viem";

// In the build of the verifier this file takes the place of protocol/registry/curves.ts, whose
// library would be a quarter of the page. It only verifies: everything it touches is public, so that
// it need not take the same time for every number. A test compares it with the library.

/** The curve y² = x³ + ax + b over the field of p elements, with a base point of prime order n (SEC 1). */
type Curve = { p: bigint; n: bigint; a: bigint; b: bigint; gx: bigint; gy: bigint };

// SEC 2, sections 2.4.1 and 2.4.2.
const SECP256K1: Curve = {
  p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
  n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
  a: 0n,
  b: 7n,
  gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
};
const P256: Curve = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  a: -3n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

const mod = (x: bigint, m: bigint): bigint => {
  const rest = x % m;
  return rest < 0n ? rest + m : rest;
};

/** x⁻¹ modulo a prime, by the extended algorithm of Euclid. */
function invert(x: bigint, m: bigint): bigint {
  let [a, b, u, v] = [mod(x, m), m, 1n, 0n];
  if (a === 0n) throw new RangeError("zero has no inverse");
  while (a !== 1n) {
    const quotient = b / a;
    [a, b, u, v] = [b - quotient * a, a, v - quotient * u, u];
    if (a === 0n) throw new RangeError("no inverse");
  }
  return mod(u, m);
}

function power(base: bigint, exponent: bigint, m: bigint): bigint {
  let result = 1n;
  for (let square = mod(base, m); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * square) % m;
    square = (square * square) % m;
  }
  return result;
}

/** (x / z², y / z³); z = 0 is the point at infinity. */
type Point = readonly [x: bigint, y: bigint, z: bigint];
const INFINITY: Point = [1n, 1n, 0n];

function double({ p, a }: Curve, [x, y, z]: Point): Point {
  if (z === 0n || y === 0n) return INFINITY;
  const yy = (y * y) % p;
  const s = (4n * x * yy) % p;
  const zz = (z * z) % p;
  const m = mod(3n * x * x + (a === 0n ? 0n : a * zz * zz), p);
  const x3 = mod(m * m - 2n * s, p);
  return [x3, mod(m * (s - x3) - 8n * yy * yy, p), (2n * y * z) % p];
}

function add(curve: Curve, one: Point, other: Point): Point {
  const [x1, y1, z1] = one;
  const [x2, y2, z2] = other;
  if (z1 === 0n) return other;
  if (z2 === 0n) return one;
  const { p } = curve;
  const [zz1, zz2] = [(z1 * z1) % p, (z2 * z2) % p];
  const [u1, u2] = [(x1 * zz2) % p, (x2 * zz1) % p];
  const s1 = (((y1 * zz2) % p) * z2) % p;
  const s2 = (((y2 * zz1) % p) * z1) % p;
  const h = mod(u2 - u1, p);
  const r = mod(s2 - s1, p);
  if (h === 0n) return r === 0n ? double(curve, one) : INFINITY;
  const hh = (h * h) % p;
  const hhh = (hh * h) % p;
  const v = (u1 * hh) % p;
  const x3 = mod(r * r - hhh - 2n * v, p);
  return [x3, mod(r * (v - x3) - s1 * hhh, p), (((z1 * z2) % p) * h) % p];
}

const WINDOW = 5;

/** The multiples 1, 3, 5 ... of a point that a window needs. */
function multiplesOf(curve: Curve, point: Point): Point[] {
  const twice = double(curve, point);
  const multiples = [point];
  while (multiples.length < 1 << (WINDOW - 2)) multiples.push(add(curve, multiples.at(-1)!, twice));
  return multiples;
}

/** A scalar as digits that are zero or odd, hardly one in six of them not zero; lowest first. */
function toDigits(scalar: bigint): number[] {
  const digits: number[] = [];
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    let digit = 0;
    if (rest & 1n) {
      digit = Number(BigInt.asIntN(WINDOW, rest));
      rest -= BigInt(digit);
    }
    digits.push(digit);
  }
  return digits;
}

function addDigit(curve: Curve, sum: Point, digit: number, multiples: readonly Point[]): Point {
  if (digit === 0) return sum;
  const [x, y, z] = multiples[(Math.abs(digit) - 1) / 2]!;
  return add(curve, sum, [x, digit < 0 ? curve.p - y : y, z]);
}

const bases = new Map<Curve, Point[]>();

/** u · G + v · point, as x and y; throws where that is the point at infinity. */
function combine(curve: Curve, u: bigint, { v, point }: { v: bigint; point: Point }) {
  const base = bases.get(curve) ?? multiplesOf(curve, [curve.gx, curve.gy, 1n]);
  bases.set(curve, base);
  const multiples = multiplesOf(curve, point);
  const [first, second] = [toDigits(u), toDigits(v)];
  let sum = INFINITY;
  for (let at = Math.max(first.length, second.length) - 1; at >= 0; at--) {
    sum = double(curve, sum);
    sum = addDigit(curve, sum, first[at] ?? 0, base);
    sum = addDigit(curve, sum, second[at] ?? 0, multiples);
  }
  const [x, y, z] = sum;
  const inverse = invert(z, curve.p);
  const square = (inverse * inverse) % curve.p;
  return { x: (x * square) % curve.p, y: (((y * square) % curve.p) * inverse) % curve.p };
}

/** The right side of the curve's equation. */
const rightSide = ({ p, a, b }: Curve, x: bigint): bigint => mod(x * x * x + a * x + b, p);

function requireScalar({ n }: Curve, value: bigint): bigint {
  if (value <= 0n || value >= n) throw new RangeError("out of the group");
  return value;
}

const word = (value: bigint): Hex => numberToHex(value, { size: 32 });

function splitSignature(curve: Curve, rs: Hex): { r: bigint; s: bigint } {
  if (rs.length !== 130) throw new RangeError("r and s have 64 bytes");
  const [r, s] = [hexToBigInt(slice(rs, 0, 32)), hexToBigInt(slice(rs, 32))];
  return { r: requireScalar(curve, r), s: requireScalar(curve, s) };
}

/** The address, in lower case, whose key made the secp256k1 signature `r ‖ s` over a hash (SEC 1, 4.1.6); throws where there is none. */
export function recoverSigner(hash: Hex, rs: Hex, yParity: number): Hex {
  const curve = SECP256K1;
  const { r, s } = splitSignature(curve, rs);
  const x = yParity & 2 ? r + curve.n : r;
  if (x >= curve.p || yParity < 0 || yParity > 3) throw new RangeError("no such point");
  // p = 3 mod 4, so this power is the root where there is one.
  const root = power(rightSide(curve, x), (curve.p + 1n) / 4n, curve.p);
  if ((root * root) % curve.p !== rightSide(curve, x)) throw new RangeError("not on the curve");
  const y = (root & 1n) === BigInt(yParity & 1) ? root : curve.p - root;
  const inverse = invert(r, curve.n);
  const u = mod(-hexToBigInt(hash) * inverse, curve.n);
  const v = (s * inverse) % curve.n;
  const key = combine(curve, u, { v, point: [x, y, 1n] });
  return slice(keccak256(`${word(key.x)}${word(key.y).slice(2)}`), 12);
}

/** Whether the P-256 key `x ‖ y` made the signature `r ‖ s`, s low, over a hash (SEC 1, 4.1.4). */
export function verifyP256Hash(point: Hex, rs: Hex, hash: Hex): boolean {
  const curve = P256;
  try {
    const { r, s } = splitSignature(curve, rs);
    const [x, y] = [hexToBigInt(slice(point, 0, 32)), hexToBigInt(slice(point, 32))];
    const onCurve = x < curve.p && y < curve.p && (y * y) % curve.p === rightSide(curve, x);
    if (!onCurve || s > curve.n >> 1n) return false;
    const inverse = invert(s, curve.n);
    const u = mod(hexToBigInt(hash) * inverse, curve.n);
    const found = combine(curve, u, { v: (r * inverse) % curve.n, point: [x, y, 1n] });
    return found.x % curve.n === r;
  } catch {
    return false;
  }
}
