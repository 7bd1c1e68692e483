/** Gives `length` random bytes; `crypto.getRandomValues` in production, a seeded generator in a demonstration. */
export type RandomBytes = (length: number) => Uint8Array;

/** A uniformly random whole number below `bound` (at most 2^32), by rejection. */
function drawBelow(bound: number, random: RandomBytes): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const bytes = random(4);
    const value = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    if (value < limit) return value % bound;
  }
}

/** A random permutation of 0 ... count - 1 (Fisher-Yates): element i is the number of the i-th voter. */
export function drawPermutation(count: number, random: RandomBytes): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = drawBelow(i + 1, random);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}
