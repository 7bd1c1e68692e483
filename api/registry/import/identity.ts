/** `resident`: GB 11643; `entity`: unified social credit code, GB 32100; `other`: passports, permits, not checked. */
export type IdentityKind = "resident" | "entity" | "other";

export interface Identity {
  kind: IdentityKind;
  number: string;
}

/** Undefined: neither a valid number of a known kind nor anything that another document could bear. */
export function readIdentity(text: string): Identity | undefined {
  const number = text.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  if (/^\d{17}[\dX]$/.test(number) && isResidentNumber(number)) return { kind: "resident", number };
  if (/^\d{15}$/.test(number)) return readOldNumber(number);
  if (isEntityCode(number)) return { kind: "entity", number };
  // A number that looks like a resident's but fails its check is a typing error, not another document.
  if (/^\d{14,}[\dX]?$/.test(number)) return undefined;
  return /^(?=.*\d)[A-Z0-9()]{6,24}$/.test(number) ? { kind: "other", number } : undefined;
}

// GB 11643-1999, annex A: weights 2^(18-i) mod 11, check characters of ISO 7064 mod 11-2.
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = "10X98765432";

function residentCheck(body: string): string {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return RESIDENT_CHECKS[sum % 11]!;
}

const isResidentNumber = (number: string): boolean =>
  residentCheck(number) === number[17] && isDate(number.slice(6, 14));

function isDate(digits: string): boolean {
  const text = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= "1880";
}

/** Numbers of 15 digits, given until 1999, name the same person as their form of 18. */
function readOldNumber(number: string): Identity | undefined {
  const body = `${number.slice(0, 6)}19${number.slice(6)}`;
  if (!isDate(body.slice(6, 14))) return undefined;
  return { kind: "resident", number: body + residentCheck(body) };
}

// GB 32100-2015: 31 characters without I, O, S, V, Z; weights 3^(i-1) mod 31.
const ENTITY_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

function isEntityCode(number: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(number)) return false;
  let weight = 1;
  let sum = 0;
  for (const character of number.slice(0, 17)) {
    sum += weight * ENTITY_CHARACTERS.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return ENTITY_CHARACTERS[(31 - (sum % 31)) % 31] === number[17];
}

/** What an officer sees of a name: enough to recognise, not enough to copy. */
export function maskName(name: string): string {
  const characters = [...name];
  const shown = characters.length > 4 ? 2 : 1;
  return (
    characters.slice(0, shown).join("") +
    "*".repeat(Math.max(1, Math.min(3, characters.length - shown)))
  );
}
