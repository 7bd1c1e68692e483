import { type Hex, bytesToBigInt, hexToBigInt, keccak256, numberToHex, slice } from "viem";
import {
  type Element,
  P,
  addTimes,
  inverseOf,
  multiply,
  rootOf,
  scale,
  settle,
  square,
  toElement,
  toNumber,
} from "./field.ts";

// Recovery of the key behind a secp256k1 signature, for thousands of ballots at a time: the library's takes several
// times as long. Everything here is public, so that it need not take the same time for every number. A test compares
// it with the library.

// SEC 2, section 2.4.1: y² = x³ + 7 over the field of P elements; G has the prime order N.
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const GX = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n;
const GY = 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n;

// λ · (x, y) = (β · x, y), and a short basis of the lattice of (a, b) with a + bλ = 0 modulo N (Gallant, Lambert,
// Vanstone: "Faster point multiplication on elliptic curves with efficient endomorphisms", section 4).
const BETA = toElement(0x7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501een);
const A1 = 0x3086d221a7d46bcde86c90e49284eb15n;
const B1 = -0xe4437ed6010e88286f547fa90abfe4c3n;
const A2 = 0x114ca50f7a8e2f3f657c1108d9d44cfd8n;
const B2 = A1;

const mod = (x: bigint, m: bigint): bigint => {
  const rest = x % m;
  return rest < 0n ? rest + m : rest;
};

/** x⁻¹ modulo a prime, x not zero, by the extended algorithm of Euclid. */
function invert(x: bigint, m: bigint): bigint {
  let [a, b, u, v] = [mod(x, m), m, 1n, 0n];
  while (a !== 1n) {
    const quotient = b / a;
    [a, b, u, v] = [b - quotient * a, a, v - quotient * u, u];
  }
  return mod(u, m);
}

/** (x / z², y / z³). No point of a sum is the point at infinity, whose z would be 0: see `combine`. */
type Point = { x: Element; y: Element; z: Element };

const temporary = (): Element => toElement(0n);
const [A, B, C, D, E, F, H, R] = Array.from({ length: 8 }, temporary) as [
  Element,
  Element,
  Element,
  Element,
  Element,
  Element,
  Element,
  Element,
];

/** to = 2 · point; `to` may be the point itself. */
function double(to: Point, { x, y, z }: Point): void {
  square(A, y); // A = y²
  multiply(B, x, A);
  scale(B, 4, B); // B = 4xy²
  square(C, x);
  scale(C, 3, C); // C = 3x²
  settle(C);
  multiply(to.z, y, z);
  scale(to.z, 2, to.z);
  square(D, C);
  addTimes(to.x, D, -2, B); // x = C² - 2B
  settle(to.x);
  addTimes(B, B, -1, to.x);
  multiply(D, C, B);
  square(A, A);
  addTimes(to.y, D, -8, A); // y = C (B - x) - 8y⁴
  settle(to.y);
}

/** sum = sum + sign · other */
function addTo(sum: Point, sign: number, other: Point): void {
  square(A, sum.z);
  square(B, other.z);
  multiply(C, sum.x, B);
  multiply(D, sum.y, B);
  multiply(D, D, other.z);
  multiply(H, other.x, A);
  addTimes(H, H, -1, C);
  multiply(R, other.y, A);
  multiply(R, R, sum.z);
  scale(R, sign, R);
  addTimes(R, R, -1, D);
  multiply(sum.z, sum.z, other.z);
  multiply(sum.z, sum.z, H);
  square(E, H);
  multiply(F, H, E);
  multiply(C, C, E);
  square(sum.x, R);
  addTimes(sum.x, sum.x, -1, F);
  addTimes(sum.x, sum.x, -2, C);
  settle(sum.x);
  addTimes(C, C, -1, sum.x);
  multiply(C, R, C);
  multiply(D, D, F);
  addTimes(sum.y, C, -1, D);
}

const copyOf = ({ x, y, z }: Point): Point => ({ x: x.slice(), y: y.slice(), z: z.slice() });

function toPoint(x: bigint, y: bigint): Point {
  return { x: toElement(x), y: toElement(y), z: toElement(1n) };
}

/** A point's x and y. */
function toAffine({ x, y, z }: Point): [x: bigint, y: bigint] {
  const inverse = inverseOf(z);
  square(A, inverse);
  multiply(B, x, A);
  multiply(C, y, A);
  multiply(C, C, inverse);
  return [toNumber(B), toNumber(C)];
}

/** The multiples 1, 3, 5 ... of a point that digits of `width` bits need, and λ times each. */
type Table = { width: number; own: Point[]; turned: Point[] };

function makeTable(point: Point, width: number): Table {
  const twice = copyOf(point);
  double(twice, point);
  const own = [point];
  while (own.length < 1 << (width - 2)) {
    const next = copyOf(own.at(-1)!);
    addTo(next, 1, twice);
    own.push(next);
  }
  const turned = own.map(({ x, y, z }) => {
    const turnedX = temporary();
    multiply(turnedX, x, BETA);
    return { x: turnedX, y, z };
  });
  return { width, own, turned };
}

const BASE_WIDTH = 10;
const POINT_WIDTH = 5;
let baseTable: Table | undefined;

function getBaseTable(): Table {
  baseTable ??= makeTable(toPoint(GX, GY), BASE_WIDTH);
  return baseTable;
}

/** A scalar, perhaps negative, as digits that are zero or odd; lowest first. */
function toDigits(scalar: bigint, width: number): number[] {
  const digits: number[] = [];
  const sign = scalar < 0n ? -1 : 1;
  let rest = scalar < 0n ? -scalar : scalar;
  while (rest > 0n) {
    let digit = 0;
    if (rest & 1n) {
      digit = Number(BigInt.asIntN(width, rest));
      rest -= BigInt(digit);
    }
    digits.push(sign * digit);
    rest >>= 1n;
  }
  return digits;
}

const half = (x: bigint): bigint => (2n * x + N) / (2n * N);

/** A scalar as a + bλ with a and b of half its length. */
function split(scalar: bigint): [bigint, bigint] {
  const c1 = half(B2 * scalar);
  const c2 = half(-B1 * scalar);
  return [scalar - c1 * A1 - c2 * A2, -c1 * B1 - c2 * B2];
}

/** Digits beside the table that they count in. */
type Part = { digits: number[]; points: Point[] };

function partsOf(scalar: bigint, { width, own, turned }: Table): Part[] {
  const [a, b] = split(scalar);
  return [
    { digits: toDigits(a, width), points: own },
    { digits: toDigits(b, width), points: turned },
  ];
}

/** The sum of all parts; its z is 0 where it, or a sum on the way, is no point that `addTo` can add. */
function sumOf(parts: readonly Part[]): Point {
  let sum: Point | undefined;
  for (let at = Math.max(...parts.map(({ digits }) => digits.length)) - 1; at >= 0; at--) {
    if (sum) double(sum, sum);
    for (const { digits, points } of parts) {
      const digit = digits[at] ?? 0;
      if (digit === 0) continue;
      const point = points[(Math.abs(digit) - 1) / 2]!;
      if (sum) addTo(sum, Math.sign(digit), point);
      else {
        sum = copyOf(point);
        scale(sum.y, Math.sign(digit), sum.y);
      }
    }
  }
  return sum ?? { ...toPoint(0n, 0n), z: temporary() };
}

/**
 * u · G + v · point. Somebody who knows the point's logarithm can have two equal points added on the way, which
 * `addTo` cannot: then the same is reckoned once more from another point, as (u + vt) · G + v · (point - t · G).
 */
function combine(u: bigint, v: bigint, point: Point): Point {
  const direct = sumOf([
    ...partsOf(u, getBaseTable()),
    ...partsOf(v, makeTable(point, POINT_WIDTH)),
  ]);
  if (toNumber(direct.z) !== 0n) return direct;
  const t = bytesToBigInt(crypto.getRandomValues(new Uint8Array(31)));
  const moved = copyOf(point);
  addTo(moved, -1, sumOf(partsOf(t, getBaseTable())));
  const table = makeTable(moved, POINT_WIDTH);
  return sumOf([...partsOf((u + v * t) % N, getBaseTable()), ...partsOf(v, table)]);
}

const word = (value: bigint): string => numberToHex(value, { size: 32 }).slice(2);

/** The point of this x, its y odd or even; throws where there is none. */
function liftX(x: bigint, odd: boolean): Point {
  const element = toElement(x);
  square(A, element);
  multiply(B, A, element);
  addTimes(B, B, 1, toElement(7n));
  settle(B);
  const root = rootOf(B);
  const y = toNumber(root);
  if ((y * y - x * x * x - 7n) % P !== 0n) throw new RangeError("not on the curve");
  return toPoint(x, ((y & 1n) === 1n) === odd ? y : P - y);
}

/** The address, in lower case, whose key made the secp256k1 signature `r ‖ s` over a hash (SEC 1, 4.1.6); throws where there is none. */
export function recoverSigner(hash: Hex, rs: Hex, yParity: number): Hex {
  if (rs.length !== 130) throw new RangeError("r and s have 64 bytes");
  const [r, s] = [hexToBigInt(slice(rs, 0, 32)), hexToBigInt(slice(rs, 32))];
  const x = yParity & 2 ? r + N : r;
  const isSound = r > 0n && r < N && s > 0n && s < N && x < P && yParity >= 0 && yParity <= 3;
  if (!isSound) throw new RangeError("no such signature");
  const point = liftX(x, (yParity & 1) === 1);
  const inverse = invert(r, N);
  const key = combine(mod(-hexToBigInt(hash) * inverse, N), (s * inverse) % N, point);
  if (toNumber(key.z) === 0n) throw new RangeError("the point at infinity");
  const [keyX, keyY] = toAffine(key);
  // An address is the end of the hash of x ‖ y.
  return slice(keccak256(`0x${word(keyX)}${word(keyY)}`), 12);
}
