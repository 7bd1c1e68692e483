/** Orders texts by their Unicode code points, in NFC: the order in which units stand and ties are broken. */
export function compareText(a: string, b: string): number {
  const [left, right] = [a.normalize("NFC"), b.normalize("NFC")];
  let i = 0;
  while (i < left.length && left[i] === right[i]) i += 1;
  // Two halves of a character outside the basic plane sort below U+E000 in UTF-16, and above it by code point.
  const inside = i > 0 && /[\uDC00-\uDFFF]/.test(left[i] ?? right[i] ?? "") ? i - 1 : i;
  return (left.codePointAt(inside) ?? -1) - (right.codePointAt(inside) ?? -1);
}
