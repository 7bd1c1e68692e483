import { type Hex, hexToBigInt, slice } from "viem";

// In the build of the verifier this file takes the place of protocol/registry/curves.ts, whose
// library would be a quarter of the page. It only verifies: everything it touches is public, so that
// it need not take the same time for every number. A test compares it with the library.

/** P-256: y² = x³ - 3x + B over the field of P elements, with a base point of prime order N (SEC 2, section 2.4.2). */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const GX = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n;
const GY = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n;

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

/** (x / z², y / z³); z = 0 is the point at infinity. */
type Point = readonly [x: bigint, y: bigint, z: bigint];
const INFINITY: Point = [1n, 1n, 0n];

function double([x, y, z]: Point): Point {
  if (z === 0n || y === 0n) return INFINITY;
  const yy = (y * y) % P;
  const s = (4n * x * yy) % P;
  const zz = (z * z) % P;
  const m = mod(3n * (x * x - zz * zz), P);
  const x3 = mod(m * m - 2n * s, P);
  return [x3, mod(m * (s - x3) - 8n * yy * yy, P), (2n * y * z) % P];
}

function add(one: Point, other: Point): Point {
  const [x1, y1, z1] = one;
  const [x2, y2, z2] = other;
  if (z1 === 0n) return other;
  if (z2 === 0n) return one;
  const [zz1, zz2] = [(z1 * z1) % P, (z2 * z2) % P];
  const [u1, u2] = [(x1 * zz2) % P, (x2 * zz1) % P];
  const s1 = (((y1 * zz2) % P) * z2) % P;
  const s2 = (((y2 * zz1) % P) * z1) % P;
  const h = mod(u2 - u1, P);
  const r = mod(s2 - s1, P);
  if (h === 0n) return r === 0n ? double(one) : INFINITY;
  const hh = (h * h) % P;
  const hhh = (hh * h) % P;
  const v = (u1 * hh) % P;
  const x3 = mod(r * r - hhh - 2n * v, P);
  return [x3, mod(r * (v - x3) - s1 * hhh, P), (((z1 * z2) % P) * h) % P];
}

const WINDOW = 5;

/** The multiples 1, 3, 5 ... of a point that a window needs. */
function multiplesOf(point: Point): Point[] {
  const twice = double(point);
  const multiples = [point];
  while (multiples.length < 1 << (WINDOW - 2)) multiples.push(add(multiples.at(-1)!, twice));
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

function addDigit(sum: Point, digit: number, multiples: readonly Point[]): Point {
  if (digit === 0) return sum;
  const [x, y, z] = multiples[(Math.abs(digit) - 1) / 2]!;
  return add(sum, [x, digit < 0 ? P - y : y, z]);
}

let base: Point[] | undefined;

/** The x of u · G + v · point; throws where that is the point at infinity. */
function combine(u: bigint, v: bigint, point: Point): bigint {
  base ??= multiplesOf([GX, GY, 1n]);
  const multiples = multiplesOf(point);
  const [first, second] = [toDigits(u), toDigits(v)];
  let sum = INFINITY;
  for (let at = Math.max(first.length, second.length) - 1; at >= 0; at--) {
    sum = double(sum);
    sum = addDigit(sum, first[at] ?? 0, base);
    sum = addDigit(sum, second[at] ?? 0, multiples);
  }
  const [x, , z] = sum;
  const inverse = invert(z, P);
  return (((x * inverse) % P) * inverse) % P;
}

function splitSignature(rs: Hex): { r: bigint; s: bigint } {
  if (rs.length !== 130) throw new RangeError("r and s have 64 bytes");
  const [r, s] = [hexToBigInt(slice(rs, 0, 32)), hexToBigInt(slice(rs, 32))];
  if (r <= 0n || r >= N || s <= 0n || s >= N) throw new RangeError("out of the group");
  return { r, s };
}

/** Whether the P-256 key `x ‖ y` made the signature `r ‖ s`, s low, over a hash (SEC 1, 4.1.4). */
export function verifyP256Hash(point: Hex, rs: Hex, hash: Hex): boolean {
  try {
    const { r, s } = splitSignature(rs);
    const [x, y] = [hexToBigInt(slice(point, 0, 32)), hexToBigInt(slice(point, 32))];
    const onCurve = x < P && y < P && mod(x * x * x - 3n * x + B - y * y, P) === 0n;
    if (!onCurve || s > N >> 1n) return false;
    const inverse = invert(s, N);
    const u = mod(hexToBigInt(hash) * inverse, N);
    return combine(u, (r * inverse) % N, [x, y, 1n]) % N === r;
  } catch {
    return false;
  }
}
