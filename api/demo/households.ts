import type { Random } from "./random.ts";

/** How large a demonstration is. `full` has the size of a published community. */
export interface DemoSize {
  voters: number;
  /** Total area in 1e-4 m². */
  totalAreaE4: bigint;
  buildings: number;
  /** Units of the owner who holds the most. */
  largestOwnerUnits: number;
  /** Unsold units of the developer. */
  unsoldUnits: number;
  /** Owners who hold exactly two units. */
  ownersOfTwo: number;
}

/** `full`: 1,505 voters and 191,619.21 m², as in the announced result of 2022-08-28 that test/vectors/published-cases.json quotes. */
export const demoSizes = {
  small: {
    voters: 36,
    totalAreaE4: 38_415_500n,
    buildings: 2,
    largestOwnerUnits: 3,
    unsoldUnits: 3,
    ownersOfTwo: 2,
  },
  full: {
    voters: 1505,
    totalAreaE4: 1_916_192_100n,
    buildings: 14,
    largestOwnerUnits: 15,
    unsoldUnits: 42,
    ownersOfTwo: 31,
  },
  large: {
    voters: 10_000,
    totalAreaE4: 11_482_765_300n,
    buildings: 60,
    largestOwnerUnits: 15,
    unsoldUnits: 380,
    ownersOfTwo: 240,
  },
} as const satisfies Record<string, DemoSize>;

/** One line of the table that a property office hands over. */
export interface DemoUnit {
  building: string;
  entrance: string;
  number: string;
  areaE4: bigint;
  use: string;
  owners: { name: string; identityNumber: string; phone: string }[];
  unsold: boolean;
}

const surnames = [..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"];
const given = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚玲桂英华玉兰春梅建国志红文云海波"];
/** Exclusive areas of common flat types, in 1e-4 m². */
const flatTypes = [893_700n, 1_056_200n, 1_183_450n, 1_273_800n, 1_430_512n, 1_682_700n] as const;
export const developerName = "示范置业有限公司";

/** All units of the demonstration, building by building; the areas add up to the size's total exactly. */
export function createHouseholds(size: DemoSize, random: Random): DemoUnit[] {
  const owners = random.shuffle(createOwners(size, random));
  const areas = createAreas(size.totalAreaE4, owners.length, random);
  return owners.map((owner, index) => ({
    ...placeOf(index, owners.length, size.buildings),
    areaE4: areas[index] as bigint,
    use: "住宅",
    ...owner,
  }));
}

type Owner = Pick<DemoUnit, "owners" | "unsold">;

function createOwners(size: DemoSize, random: Random): Owner[] {
  let serial = 0;
  const person = () => createPerson(random, serial++);
  const repeat = (owner: Owner, times: number) => Array.from({ length: times }, () => owner);
  const developer = {
    owners: [{ name: developerName, identityNumber: "", phone: "" }],
    unsold: true,
  };
  const units = repeat(developer, size.unsoldUnits);
  units.push(...repeat({ owners: [person()], unsold: false }, size.largestOwnerUnits));
  for (let i = 0; i < size.ownersOfTwo; i++)
    units.push(...repeat({ owners: [person()], unsold: false }, 2));
  for (let voter = 2 + size.ownersOfTwo; voter < size.voters; voter++) {
    const couple = random.below(4) === 0;
    units.push({ owners: couple ? [person(), person()] : [person()], unsold: false });
  }
  return units;
}

function createPerson(random: Random, serial: number): DemoUnit["owners"][number] {
  const second = random.below(3) === 0 ? "" : random.pick(given);
  const year = 1945 + random.below(55);
  const month = String(1 + random.below(12)).padStart(2, "0");
  const day = String(1 + random.below(28)).padStart(2, "0");
  // 99 is no province: these numbers have a right check digit and belong to nobody.
  const region = `99${String(Math.floor(serial / 1000)).padStart(4, "0")}`;
  const body = `${region}${year}${month}${day}${String(serial % 1000).padStart(3, "0")}`;
  return {
    name: random.pick(surnames) + random.pick(given) + second,
    identityNumber: body + identityCheckDigit(body),
    phone: createPhone(serial),
  };
}

/** No mobile number begins with 120. The digits are mixed, so that they turn up nowhere by chance. */
const createPhone = (serial: number): string =>
  `120${String((serial * 73_939_133 + 41_592_653) % 100_000_000).padStart(8, "0")}`;

/** Check digit of a Chinese identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
function identityCheckDigit(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return "10X98765432".charAt(sum % 11);
}

/** Flat types in shuffled order, corrected in steps of 0.01 m² until they add up to the total. */
function createAreas(total: bigint, count: number, random: Random): bigint[] {
  const areas = Array.from({ length: count }, () => random.pick(flatTypes) as bigint);
  const each = (total - sum(areas)) / BigInt(count) / 100n;
  const adjusted = areas.map((area) => area + each * 100n);
  const rest = total - sum(adjusted);
  adjusted[0] = (adjusted[0] as bigint) + rest;
  return adjusted;
}

const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

/** Two entrances a building, four flats a floor. */
function placeOf(index: number, count: number, buildings: number) {
  const perBuilding = Math.ceil(count / buildings);
  const inBuilding = index % perBuilding;
  const perEntrance = Math.ceil(perBuilding / 2);
  const inEntrance = inBuilding % perEntrance;
  const floor = 1 + Math.floor(inEntrance / 4);
  return {
    building: `${1 + Math.floor(index / perBuilding)}`,
    entrance: `${1 + Math.floor(inBuilding / perEntrance)}`,
    number: `${floor}${String(1 + (inEntrance % 4)).padStart(2, "0")}`,
  };
}
