/** Where a contract keeps its values, as the compiler says it. */
export interface StorageLayout {
  readonly storage: readonly Member[];
  readonly types: Readonly<Record<string, StorageType>>;
}

interface Member {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface StorageType {
  readonly encoding: string;
  readonly numberOfBytes: string;
  readonly value?: string;
  readonly members?: readonly Member[];
}

/** A place as verifiers read it: a value within a slot, a mapping, or a struct; the inner ones count from its slot. */
export type Place = { slot: number } & (
  { offset: number; bytes: number } | { each: Place } | { fields: Record<string, Place> }
);

// Texts and lists have places that depend on their length; no verifier looks at one.
function toPlace(layout: StorageLayout, { slot, offset, type }: Omit<Member, "label">): Place[] {
  const found = layout.types[type];
  if (!found) throw new Error(`The compiler does not describe the type ${type}.`);
  const { encoding, numberOfBytes, value, members } = found;
  const at = Number(slot);
  if (encoding === "mapping") {
    const inner = toPlace(layout, { slot: "0", offset: 0, type: value ?? "" });
    return inner.map((each) => ({ slot: at, each }));
  }
  if (encoding !== "inplace" || type.startsWith("t_array")) return [];
  return members
    ? [{ slot: at, fields: toPlaces(layout, members) }]
    : [{ slot: at, offset, bytes: Number(numberOfBytes) }];
}

function toPlaces(layout: StorageLayout, members: readonly Member[]): Record<string, Place> {
  const entries = members.flatMap((member) =>
    toPlace(layout, member).map((place) => [member.label, place] as const),
  );
  return Object.fromEntries(entries);
}

/** The places of a contract's values. */
export function placesOf(layout: StorageLayout): Record<string, Place> {
  return toPlaces(layout, layout.storage);
}

/** The places of every contract's values. */
export function renderLayouts(layouts: readonly (readonly [string, StorageLayout])[]): string {
  const entries = layouts.map(([contractName, layout]) => {
    const text = JSON.stringify(placesOf(layout), null, 2);
    const places = text.replaceAll("\n", "\n  ");
    return `  ${contractName.toLowerCase()}: ${places},\n`;
  });
  const doc =
    "/** Where the contracts keep their values: slot, and for a value its place in bytes from the slot's lowest end.\n" +
    " * `each` is what a mapping holds under a key, `fields` a struct's; their slots count from its own. */\n";
  return `${doc}export const layouts = {\n${entries.join("")}} as const;\n`;
}
