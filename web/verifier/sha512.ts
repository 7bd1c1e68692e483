// In the build of the verifier this file takes the place of the library's SHA-512 (FIPS 180-4, section 6.4), whose
// tables are most of it: Ed25519 hashes a few short texts. A test compares both.

const BITS = 64;
const word = (value: bigint): bigint => BigInt.asUintN(BITS, value);

/** The first `count` primes. */
function listPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  }
  return primes;
}

/** The whole part of a root, by bisection. */
function rootOf(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree > value) high = middle;
    else low = middle;
  }
  return low;
}

/** The first 64 bits after the point of the roots of primes: that is how the standard's constants were chosen. */
function fractions(count: number, degree: bigint): bigint[] {
  return listPrimes(count).map((prime) => word(rootOf(prime << (64n * degree), degree)));
}

const ROUNDS = 80;
let tables: { start: bigint[]; rounds: bigint[] } | undefined;

const turn = (x: bigint, by: bigint): bigint => word((x >> by) | (x << (64n - by)));
const mix = (x: bigint, [a, b, c]: readonly [bigint, bigint, bigint]): bigint =>
  turn(x, a) ^ turn(x, b) ^ turn(x, c);

function schedule(block: DataView): bigint[] {
  const words = Array.from({ length: 16 }, (_, i) => block.getBigUint64(8 * i));
  for (let i = 16; i < ROUNDS; i++) {
    const [early, late] = [words[i - 15]!, words[i - 2]!];
    const first = turn(early, 1n) ^ turn(early, 8n) ^ (early >> 7n);
    const second = turn(late, 19n) ^ turn(late, 61n) ^ (late >> 6n);
    words.push(word(words[i - 16]! + first + words[i - 7]! + second));
  }
  return words;
}

function compress(state: readonly bigint[], block: DataView, rounds: readonly bigint[]): bigint[] {
  let [a, b, c, d, e, f, g, h] = state as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  schedule(block).forEach((next, i) => {
    const one = h + mix(e, [14n, 18n, 41n]) + ((e & f) ^ (~e & g)) + rounds[i]! + next;
    const two = mix(a, [28n, 34n, 39n]) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, word(d + one), c, b, a, word(one + two)];
  });
  return [a, b, c, d, e, f, g, h].map((value, i) => word(value + state[i]!));
}

/** The hash, 64 bytes. */
export function sha512(message: Uint8Array): Uint8Array {
  tables ??= { start: fractions(8, 2n), rounds: fractions(ROUNDS, 3n) };
  // One bit, zeros, and the length in bits as 16 bytes, up to whole blocks of 128 bytes.
  const padded = new Uint8Array(128 * Math.ceil((message.length + 17) / 128));
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(8 * message.length));
  let state = tables.start;
  for (let at = 0; at < padded.length; at += 128) {
    state = compress(state, new DataView(padded.buffer, at, 128), tables.rounds);
  }
  const hash = new Uint8Array(64);
  state.forEach((value, i) => new DataView(hash.buffer).setBigUint64(8 * i, value));
  return hash;
}
