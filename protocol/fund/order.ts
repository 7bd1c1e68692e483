/** Orders texts in NFC by their Unicode code points: the order in which units stand and ties are broken. */
export function compareText(a: string, b: string): number {
  return compareCodePoints(a.normalize("NFC"), b.normalize("NFC"));
}

/** The same for texts that are in NFC already. */
export function compareCodePoints(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  // A character outside the basic plane is two halves, which sort below U+E000 in UTF-16 and above it by code point.
  const isSecondHalf = i > 0 && /[\uDC00-\uDFFF]/.test(a[i] ?? b[i] ?? "");
  const at = isSecondHalf ? i - 1 : i;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
