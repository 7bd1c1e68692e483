// The field of secp256k1's coordinates (SEC 2, section 2.4.1) in floating-point numbers, which a processor multiplies
// several times faster than integers of any length: 11 limbs of 24 bits, each between -2^23 and 2^23 or a little more.
// Sums of products stay below 2^53 and are therefore exact as long as both factors together are at most 11 times as
// large; what is larger is settled first. Nothing here takes the same time for every number: all of it is public.

/** The field's order, 2^256 - 2^32 - 977. */
export const P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn;

/** An element of the field. */
export type Element = Float64Array;

const LIMBS = 11;
const BITS = 24;
const UP = 2 ** BITS;
const DOWN = 2 ** -BITS;
// Adding it and taking it away again leaves the nearest integer.
const ROUND = 1.5 * 2 ** 52;
// 2^264 is 2^8 (2^32 + 977) in the field: what stands 11 limbs up comes down times these two, a limb apart.
const FOLD = 977 * 2 ** 8;
const FOLD_NEXT = 2 ** 16;

/** A product before it is reduced. */
const WIDE = new Float64Array(2 * LIMBS);

/** Brings the first limbs near 2^23, all of them at once; what is above goes to the next. */
function carry(count: number): void {
  let before = 0;
  for (let i = 0; i < count; i++) {
    const limb = WIDE[i]!;
    const above = limb * DOWN + ROUND - ROUND;
    WIDE[i] = limb - above * UP + before;
    before = above;
  }
  WIDE[count]! += before;
}

/** Takes down what stands from limb 11 to limb `last`. */
function fold(last: number): void {
  for (let i = LIMBS; i <= last; i++) {
    const limb = WIDE[i]!;
    WIDE[i] = 0;
    WIDE[i - LIMBS]! += limb * FOLD;
    WIDE[i - LIMBS + 1]! += limb * FOLD_NEXT;
  }
}

function reduce(to: Element): void {
  WIDE[21] = 0;
  carry(21);
  fold(21);
  carry(12);
  fold(12);
  carry(11);
  fold(11);
  for (let i = 0; i < LIMBS; i++) to[i] = WIDE[i]!;
}

/** to = a · b */
// eslint-disable-next-line max-lines-per-function -- written out: a loop takes half as long again
export function multiply(to: Element, a: Element, b: Element): void {
  // prettier-ignore
  const a0 = a[0]!, a1 = a[1]!, a2 = a[2]!, a3 = a[3]!, a4 = a[4]!, a5 = a[5]!, a6 = a[6]!, a7 = a[7]!, a8 = a[8]!, a9 = a[9]!, a10 = a[10]!;
  // prettier-ignore
  const b0 = b[0]!, b1 = b[1]!, b2 = b[2]!, b3 = b[3]!, b4 = b[4]!, b5 = b[5]!, b6 = b[6]!, b7 = b[7]!, b8 = b[8]!, b9 = b[9]!, b10 = b[10]!;
  WIDE[0] = a0 * b0;
  WIDE[1] = a0 * b1 + a1 * b0;
  WIDE[2] = a0 * b2 + a1 * b1 + a2 * b0;
  WIDE[3] = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
  WIDE[4] = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
  WIDE[5] = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0;
  WIDE[6] = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0;
  WIDE[7] = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0;
  WIDE[8] = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0;
  WIDE[9] =
    a0 * b9 +
    a1 * b8 +
    a2 * b7 +
    a3 * b6 +
    a4 * b5 +
    a5 * b4 +
    a6 * b3 +
    a7 * b2 +
    a8 * b1 +
    a9 * b0;
  WIDE[10] =
    a0 * b10 +
    a1 * b9 +
    a2 * b8 +
    a3 * b7 +
    a4 * b6 +
    a5 * b5 +
    a6 * b4 +
    a7 * b3 +
    a8 * b2 +
    a9 * b1 +
    a10 * b0;
  WIDE[11] =
    a1 * b10 +
    a2 * b9 +
    a3 * b8 +
    a4 * b7 +
    a5 * b6 +
    a6 * b5 +
    a7 * b4 +
    a8 * b3 +
    a9 * b2 +
    a10 * b1;
  WIDE[12] =
    a2 * b10 + a3 * b9 + a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + a9 * b3 + a10 * b2;
  WIDE[13] = a3 * b10 + a4 * b9 + a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + a9 * b4 + a10 * b3;
  WIDE[14] = a4 * b10 + a5 * b9 + a6 * b8 + a7 * b7 + a8 * b6 + a9 * b5 + a10 * b4;
  WIDE[15] = a5 * b10 + a6 * b9 + a7 * b8 + a8 * b7 + a9 * b6 + a10 * b5;
  WIDE[16] = a6 * b10 + a7 * b9 + a8 * b8 + a9 * b7 + a10 * b6;
  WIDE[17] = a7 * b10 + a8 * b9 + a9 * b8 + a10 * b7;
  WIDE[18] = a8 * b10 + a9 * b9 + a10 * b8;
  WIDE[19] = a9 * b10 + a10 * b9;
  WIDE[20] = a10 * b10;
  reduce(to);
}

/** to = a² */
export function square(to: Element, a: Element): void {
  multiply(to, a, a);
}

/** to = a + times · b, not settled */
export function addTimes(to: Element, a: Element, times: number, b: Element): void {
  for (let i = 0; i < LIMBS; i++) to[i] = a[i]! + times * b[i]!;
}

/** to = times · a */
export function scale(to: Element, times: number, a: Element): void {
  for (let i = 0; i < LIMBS; i++) to[i] = times * a[i]!;
}

/** Brings limbs of up to some thousand times their size back. */
export function settle(to: Element): void {
  for (let i = 0; i < LIMBS; i++) WIDE[i] = to[i]!;
  WIDE[LIMBS] = 0;
  carry(LIMBS);
  fold(LIMBS);
  for (let i = 0; i < LIMBS; i++) to[i] = WIDE[i]!;
}

/** The element of a number from 0 to P. */
export function toElement(value: bigint): Element {
  const element = new Float64Array(LIMBS);
  for (let i = 0; i < LIMBS; i++) {
    element[i] = Number(BigInt.asUintN(BITS, value >> BigInt(BITS * i)));
  }
  settle(element);
  return element;
}

/** The number of an element, from 0 to P - 1. */
export function toNumber(element: Element): bigint {
  const value = element.reduceRight((sum, limb) => (sum << BigInt(BITS)) + BigInt(limb), 0n) % P;
  return value < 0n ? value + P : value;
}

/** x to the power of 2^times, times `more`. */
function raise(x: Element, times: number, more: Element): Element {
  const result = x.slice();
  for (let i = 0; i < times; i++) square(result, result);
  multiply(result, result, more);
  return result;
}

/** x to the power of 2^223 - 1, 2^22 - 1 and 3: most of the bits of P - 2 and of (P + 1) / 4. */
function runsOf(x: Element): [run223: Element, run22: Element, run2: Element] {
  const x2 = raise(x, 1, x);
  const x3 = raise(x2, 1, x);
  const x11 = raise(raise(raise(x3, 3, x3), 3, x3), 2, x2);
  const x22 = raise(x11, 11, x11);
  const x44 = raise(x22, 22, x22);
  const x88 = raise(x44, 44, x44);
  const x220 = raise(raise(x88, 88, x88), 44, x44);
  return [raise(x220, 3, x3), x22, x2];
}

/** The root of x, where it has one: P is 3 modulo 4, so that it is x^((P + 1) / 4). */
export function rootOf(x: Element): Element {
  const [x223, x22, x2] = runsOf(x);
  const root = raise(raise(x223, 23, x22), 6, x2);
  square(root, root);
  square(root, root);
  return root;
}

/** 1 / x, which is x^(P - 2); 0 for 0. */
export function inverseOf(x: Element): Element {
  const [x223, x22, x2] = runsOf(x);
  return raise(raise(raise(raise(x223, 23, x22), 5, x), 3, x2), 2, x);
}
