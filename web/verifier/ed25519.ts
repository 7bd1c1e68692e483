import { sha512 } from "@noble/hashes/sha2.js";

// In the build of the verifier this file takes the place of @noble/curves/ed25519.js, as curves.ts
// does of the other curves: it only verifies. A test compares it with the library.

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const ROOT_OF_MINUS_ONE = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;
const BASE_Y = 0x6666666666666666666666666666666666666666666666666666666666666658n;

/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint];
const NEUTRAL: Point = [0n, 1n, 1n, 0n];

const mod = (x: bigint, m = P): bigint => {
  const rest = x % m;
  return rest < 0n ? rest + m : rest;
};

/** RFC 8032, section 5.1.4; complete, so that it doubles as well. */
function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

const negate = ([x, y, z, t]: Point): Point => [mod(-x), y, z, mod(-t)];
const isNeutral = ([x, y, z]: Point): boolean => x === 0n && y === z;

function multiply(point: Point, scalar: bigint): Point {
  let sum = NEUTRAL;
  for (let bit = scalar.toString(2).length - 1; bit >= 0; bit--) {
    sum = add(sum, sum);
    if ((scalar >> BigInt(bit)) & 1n) sum = add(sum, point);
  }
  return sum;
}

/** A point times the cofactor. */
const clear = (point: Point): Point => multiply(point, 8n);

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The x of a y, of the two the one with this lowest bit (RFC 8032, section 5.1.3); throws where there is none. */
function findX(y: bigint, odd: bigint): bigint {
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u || (x === 0n && odd === 1n)) throw new RangeError("not a point");
  return (x & 1n) === odd ? x : P - x;
}

function decode(bytes: Uint8Array): Point {
  const whole = littleEndian(bytes);
  const y = whole & (2n ** 255n - 1n);
  if (bytes.length !== 32 || y >= P) throw new RangeError("not a point");
  const x = findX(y, whole >> 255n);
  return [x, y, 1n, mod(x * y)];
}

let base: Point | undefined;

/** Whether a key made the signature over the message (RFC 8032, section 5.1.7); false for keys of small order. */
function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    if (signature.length !== 64) return false;
    const s = littleEndian(signature.subarray(32));
    if (s >= L) return false;
    const [key, r] = [decode(publicKey), decode(signature.subarray(0, 32))];
    if (isNeutral(clear(key))) return false;
    const hashed = new Uint8Array([...signature.subarray(0, 32), ...publicKey, ...message]);
    const k = mod(littleEndian(sha512(hashed)), L);
    const baseX = findX(BASE_Y, 0n);
    base ??= [baseX, BASE_Y, 1n, mod(baseX * BASE_Y)];
    const difference = add(add(r, multiply(key, k)), negate(multiply(base, s)));
    return isNeutral(clear(difference));
  } catch {
    return false;
  }
}

function refuse(): never {
  throw new Error("the verifier signs nothing");
}

/** What the verifier uses of the library's `ed25519`. */
export const ed25519 = { verify, sign: refuse, getPublicKey: refuse };
