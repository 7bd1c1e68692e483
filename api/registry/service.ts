import type { Hex } from "viem";
import type { KeyKind } from "../../protocol/registry/keys.ts";
import type { Db, Tx } from "../database/client.ts";
import type { RandomBytes } from "../../protocol/registry/permutation.ts";
import type { Chain } from "../chain/service.ts";
import type { Cipher } from "../cipher.ts";
import type { Clock } from "../clock.ts";
import type { Directory, OfficerCaller, PersonKey, Role } from "../http/authority.ts";
import { registerCommunities } from "./community/create.ts";
import { getCommunity } from "./community/find.ts";
import type { Publication, RegistryContext } from "./context.ts";
import { isSetupSession } from "./founding/setup.ts";
import { Imports } from "./import/imports.ts";
import { registerBind } from "./key/bind.ts";
import { registerRevoke } from "./key/revoke.ts";
import { registerOfficers } from "./officer/change.ts";
import { findOfficerByKey, findOfficerBySigner, getOfficerTitle } from "./officer/officers.ts";
import { isOwner, votersOf } from "./owner/owners.ts";
import { ProposalBook } from "./proposal/proposals.ts";
import { cryptoRandom } from "./roll/draft.ts";
import { rolls } from "./roll/find.ts";
import { registerFreeze } from "./roll/freeze.ts";
import { listFrozen, listUnits } from "./roll/units.ts";

/** A message as JSON has it: every integer a decimal text. */
export { toJson } from "./proposal/typedData.ts";

export interface Community {
  id: string;
  name: string;
  chainId: number;
  registry: Hex;
  anchor: Hex;
  assembly: Hex;
  fund: Hex;
  demonstration: boolean;
  createdAt: Date;
}

/** An EIP-712 message of protocol/, as viem takes it. */
export interface TypedMessage {
  domain: { name: string; version: string; chainId: number; verifyingContract?: Hex };
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: object;
}

/** What the signers are told in plain words: a kind with its figures, worded by the page. */
export type Summary = Record<string, string | number | boolean | null>;

export interface NewProposal {
  communityId: string;
  /** Names the handler that runs when both have signed. */
  kind: string;
  typedData: TypedMessage;
  summary: Summary;
  /** Which two roles must sign, in the order in which the contract takes them. */
  roles: readonly [Role, Role];
  /** What the handler needs besides; JSON. */
  payload: unknown;
  createdBy: OfficerCaller;
  /** Somebody who may not sign: the author of what the two confirm. */
  excluded?: Hex | undefined;
}

export interface Proposal {
  id: string;
  communityId: string;
  kind: string;
  digest: Hex;
  roles: readonly [Role, Role];
  payload: unknown;
}

export interface Attestation {
  role: Role;
  /** keccak(signer) */
  officer: Hex;
  /** ERC-7913 signer bytes and what it signed with, as the contract takes them. */
  signer: Hex;
  signature: Hex;
}

export type CompleteHandler = (
  tx: Tx,
  proposal: Proposal,
  attestations: readonly [Attestation, Attestation],
) => Promise<void>;

/** Everything that needs two officers goes through here. */
export interface Proposals {
  create(tx: Tx, proposal: NewProposal): Promise<{ id: string; digest: Hex }>;
  /** Runs in the transaction that stores the second signature. */
  onComplete(kind: string, handler: CompleteHandler): void;
  /** Takes back an open proposal, so that another may take its place. */
  withdraw(tx: Tx, id: string): Promise<void>;
  /** Runs in the transaction that takes a proposal of this kind back. */
  onWithdraw(kind: string, handler: (tx: Tx, proposal: Proposal) => Promise<void>): void;
  /** The two signatures of a completed proposal, in the order of its roles. */
  getAttestations(tx: Tx, id: string): Promise<readonly [Attestation, Attestation]>;
  /** Notes that the chain refused what two had signed, with its error's name. */
  markFailed(tx: Tx, id: string, failure: string): Promise<void>;
}

export interface FrozenRoll {
  id: string;
  number: number;
  scope: string;
  voters: number;
  totalAreaE4: bigint;
  areaBytes: number;
  record: Hex;
  frozenAt: Date;
}

export interface BoundKey {
  roll: number;
  page: number;
  position: number;
  voter: number;
  kind: KeyKind;
  keyId: Hex;
  boundAt: Date;
  revokedAt: Date | undefined;
}

export interface Rolls {
  /** Throws RollNotFound, or RollNotFrozen while it is not on chain. */
  getFrozen(db: Db | Tx, communityId: string, roll: number): Promise<FrozenRoll>;
  /** Areas of voters 0, 1, 2 ... in 1e-4 m². */
  areas(db: Db | Tx, communityId: string, roll: number): Promise<bigint[]>;
  /** The bound key at a place of a roll, revoked ones too; undefined where there is none. */
  findKey(
    db: Db | Tx,
    communityId: string,
    place: { roll: number; page: number; position: number },
  ): Promise<BoundKey | undefined>;
  /** Keys of a roll by page and position: all of them, or where one key stands. */
  keys(db: Db | Tx, communityId: string, roll: number, keyId?: Hex): Promise<BoundKey[]>;
  /** Which voter holds a unit: tellers know paper ballots by flat. Throws VoterNotFound. */
  voterOfUnit(db: Db | Tx, communityId: string, roll: number, unit: string): Promise<number>;
  /** The ids of all units, sorted. */
  unitsOf(db: Db | Tx, communityId: string, roll: number): Promise<string[]>;
  /** Hash of the roll's document `lines`. */
  linesDocument(db: Db | Tx, communityId: string, roll: number): Promise<Hex>;
}

/** A unit as a frozen roll has it. */
export interface UnitOfRoll {
  building: string;
  entrance: string;
  unit: string;
  areaE4: bigint;
  voter: number;
  /** Unsold: it belongs to the developer's one owner group. */
  developer: boolean;
}

/** An owner's place in a roll. */
export interface OwnVoter {
  roll: number;
  voter: number;
}

/** Adds a later subject's share to `GET …/me`, under `name`. */
export interface OwnerView {
  name: string;
  view(communityId: string, voters: readonly OwnVoter[]): Promise<unknown>;
}

export interface Registry {
  getCommunity(db: Db | Tx, id: string): Promise<Community>;
  proposals: Proposals;
  rolls: Rolls;
  /** Numbers of the frozen rolls after one, the oldest first. */
  frozenRolls(db: Db | Tx, communityId: string, after: number): Promise<number[]>;
  /** The units of a frozen roll, or of one voter on it, in its order. Throws RollNotFound, or RollNotFrozen. */
  unitsOf(
    db: Db | Tx,
    communityId: string,
    of: { roll: number; voter?: number | undefined },
  ): Promise<UnitOfRoll[]>;
  /** Voters behind a key, in all frozen rolls of a community, newest first. */
  votersOf(db: Db | Tx, communityId: string, person: PersonKey): Promise<OwnVoter[]>;
  addOwnerView(view: OwnerView): void;
  /**
   * Who signed: an officer who is one now. Throws AttestationSignerUnknown, or AttestationInvalid for what the contracts
   * would not take.
   */
  requireSigned(
    tx: Tx,
    communityId: string,
    signed: { message: TypedMessage; signer: Hex; signature: Hex },
  ): Promise<OfficerCaller>;
  /** An officer by what he signs with; undefined for one who holds no role now. */
  findOfficer(db: Db | Tx, communityId: string, signer: Hex): Promise<OfficerCaller | undefined>;
  /** The office that an officer holds or held, as it was named. Throws for one who never was one. */
  titleOf(db: Db | Tx, communityId: string, officer: Hex): Promise<string>;
  /** What the border asks about people. */
  directory: Directory;
  /** For this subject's own routes and the demonstration. */
  context: RegistryContext;
  imports: Imports;
  ownerViews: readonly OwnerView[];
}

export interface RegistryDeps {
  db: Db;
  chain: Chain;
  clock: Clock;
  cipher: Cipher;
  publication: Publication;
  requireProof: RegistryContext["requireProof"];
  /** Draws voter numbers and salts; default: the system's generator. */
  random?: RandomBytes | undefined;
}

/** Registers its handlers with the chain: to be called before the chain starts. */
export function createRegistry(deps: RegistryDeps): Registry {
  const { db, random = cryptoRandom } = deps;
  const proposals = new ProposalBook(deps);
  const context: RegistryContext = { ...deps, proposals, random };
  const ownerViews: OwnerView[] = [];
  registerCommunities(context);
  registerOfficers(context);
  registerFreeze(context);
  registerBind(context);
  registerRevoke(context);
  return {
    getCommunity,
    proposals,
    rolls,
    frozenRolls: listFrozen,
    unitsOf: (tx, communityId, of) => listUnits({ db: tx, cipher: deps.cipher }, communityId, of),
    votersOf,
    titleOf: getOfficerTitle,
    findOfficer: findOfficerBySigner,
    requireSigned: (tx, communityId, signed) => proposals.requireSigned(tx, communityId, signed),
    addOwnerView: (view) => void ownerViews.push(view),
    directory: {
      findOfficer: (communityId, person) => findOfficerByKey(db, communityId, person),
      isOwner: (communityId, person) => isOwner(db, communityId, person),
      isOperator: (token) => isSetupSession(context, token),
    },
    context,
    imports: new Imports(deps),
    ownerViews,
  };
}
