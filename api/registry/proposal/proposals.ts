import type { Hex } from "viem";
import type { Chain } from "../../chain/service.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Prisma, Proposal as Row } from "../../database/generated/client.ts";
import type { OfficerCaller, Role } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { findOfficerBySigner } from "../officer/officers.ts";
import { verifyAttestation } from "../officer/signer.ts";
import type {
  Attestation,
  CompleteHandler,
  NewProposal,
  Proposal,
  Proposals,
  TypedMessage,
} from "../service.ts";
import { digestOf, toJson } from "./typedData.ts";

export interface NewAttestation {
  communityId: string;
  proposalId: string;
  signer: Hex;
  signature: Hex;
}

type WithdrawHandler = (tx: Tx, proposal: Proposal) => Promise<void>;

export class ProposalBook implements Proposals {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #wake: () => void;
  readonly #findVerifiers: Chain["findVerifiers"];
  readonly #complete = new Map<string, CompleteHandler>();
  readonly #withdraw = new Map<string, WithdrawHandler>();

  constructor(deps: { db: Db; clock: Clock; chain: Pick<Chain, "wake" | "findVerifiers"> }) {
    this.#db = deps.db;
    this.#clock = deps.clock;
    this.#wake = () => deps.chain.wake();
    this.#findVerifiers = (tx) => deps.chain.findVerifiers(tx);
  }

  onComplete(kind: string, handler: CompleteHandler): void {
    this.#complete.set(kind, handler);
  }

  onWithdraw(kind: string, handler: WithdrawHandler): void {
    this.#withdraw.set(kind, handler);
  }

  async create(tx: Tx, proposal: NewProposal): Promise<{ id: string; digest: Hex }> {
    const { communityId, kind, typedData, summary, roles, payload, createdBy, excluded } = proposal;
    const digest = digestOf(typedData);
    const row = await tx.proposal.create({
      data: {
        communityId,
        kind,
        digest,
        typedData: toJson(typedData) as Prisma.InputJsonObject,
        summary,
        roles: [...roles],
        payload: payload as Prisma.InputJsonObject,
        createdBy: createdBy.id,
        excluded: excluded ?? null,
        createdAt: this.#clock.now(),
      },
    });
    await publishEvent(tx, communityId, { type: "proposal", data: { id: row.id, kind } });
    return { id: row.id, digest };
  }

  /** Takes one officer's signature; the second one sets off what was proposed. */
  async attest(input: NewAttestation): Promise<Row> {
    const row = await this.#db.$transaction((tx) => this.#attest(tx, input));
    this.#wake();
    return row;
  }

  async #attest(tx: Tx, input: NewAttestation): Promise<Row> {
    const { communityId, proposalId, signer, signature } = input;
    const row = await lockProposal(tx, communityId, proposalId);
    if (row.state !== "open") throw new DomainError("ProposalClosed", { state: row.state });
    const officer = await findOfficerBySigner(tx, communityId, signer);
    if (!officer) throw new DomainError("AttestationSignerUnknown");
    const given = await tx.attestation.findMany({ where: { proposalId } });
    const role = chooseRole(row, officer, given);
    const digest = row.digest as Hex;
    const verifiers = await this.#findVerifiers(tx);
    if (!(await verifyAttestation({ signer, digest, signature }, verifiers))) {
      throw new DomainError("AttestationInvalid");
    }
    const at = this.#clock.now();
    const attestation = { proposalId, officer: officer.id, role, signer, signature, at };
    await tx.attestation.create({ data: attestation });
    await publishEvent(tx, communityId, { type: "proposal", data: { id: row.id, kind: row.kind } });
    if (given.length === 0) return row;
    return this.#finish(tx, row, [...given, attestation]);
  }

  /** Who signed a message that needs no proposal, as the contracts would see it. */
  async requireSigned(
    tx: Tx,
    communityId: string,
    { message, signer, signature }: { message: TypedMessage; signer: Hex; signature: Hex },
  ): Promise<OfficerCaller> {
    const officer = await findOfficerBySigner(tx, communityId, signer);
    if (!officer) throw new DomainError("AttestationSignerUnknown");
    const attested = { signer, digest: digestOf(message), signature };
    if (await verifyAttestation(attested, await this.#findVerifiers(tx))) return officer;
    throw new DomainError("AttestationInvalid");
  }

  async #finish(tx: Tx, row: Row, attestations: readonly StoredAttestation[]): Promise<Row> {
    const handler = this.#complete.get(row.kind);
    if (!handler) throw new Error(`nothing handles proposals of kind ${row.kind}`);
    const data = { state: "complete" as const, closedAt: this.#clock.now() };
    const closed = await tx.proposal.update({ where: { id: row.id }, data });
    await handler(tx, toProposal(row), inOrderOfRoles(row, attestations));
    return closed;
  }

  async withdraw(tx: Tx, id: string): Promise<void> {
    const found = await tx.proposal.findUnique({ where: { id } });
    if (!found) throw new DomainError("ProposalNotFound");
    const row = await lockProposal(tx, found.communityId, id);
    if (row.state !== "open") throw new DomainError("ProposalClosed", { state: row.state });
    const data = { state: "withdrawn" as const, closedAt: this.#clock.now() };
    await tx.proposal.update({ where: { id }, data });
    await this.#withdraw.get(row.kind)?.(tx, toProposal(row));
    const { communityId, kind } = row;
    await publishEvent(tx, communityId, { type: "proposal", data: { id, kind } });
  }

  /** The chain refused what two had signed. */
  async markFailed(tx: Tx, id: string, failure: string): Promise<void> {
    await tx.proposal.update({ where: { id }, data: { failure } });
  }

  /** The two signatures of a completed proposal, as the contract takes them. */
  async getAttestations(tx: Tx, id: string): Promise<readonly [Attestation, Attestation]> {
    const row = await tx.proposal.findUniqueOrThrow({
      where: { id },
      include: { attestations: true },
    });
    return inOrderOfRoles(row, row.attestations);
  }
}

interface StoredAttestation {
  officer: string;
  role: string;
  signer: string;
  signature: string;
}

async function lockProposal(tx: Tx, communityId: string, id: string): Promise<Row> {
  await tx.$queryRaw`SELECT 1 FROM "Proposal" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.proposal.findUnique({ where: { id } });
  if (!row || row.communityId !== communityId) throw new DomainError("ProposalNotFound");
  return row;
}

/** The role for which this officer signs: one that is asked for, that he holds, and that nobody has signed for. */
function chooseRole(row: Row, officer: OfficerCaller, given: readonly StoredAttestation[]): Role {
  if (given.some((attestation) => attestation.officer === officer.id)) {
    throw new DomainError("AttestationSameOfficer");
  }
  const open = [...(row.roles as Role[])];
  for (const { role } of given) open.splice(open.indexOf(role as Role), 1);
  const role = open.find((candidate) => officer.roles.includes(candidate));
  if (!role || row.excluded === officer.id) {
    throw new DomainError("AttestationRoleMissing", { roles: open });
  }
  return role;
}

function inOrderOfRoles(
  row: Row,
  attestations: readonly StoredAttestation[],
): readonly [Attestation, Attestation] {
  const rest = [...attestations];
  const ordered = row.roles.map((role) => {
    const [found] = rest.splice(
      rest.findIndex((attestation) => attestation.role === role),
      1,
    );
    return found as Attestation;
  });
  return [ordered[0]!, ordered[1]!];
}

const toProposal = (row: Row): Proposal => ({
  id: row.id,
  communityId: row.communityId,
  kind: row.kind,
  digest: row.digest as Hex,
  roles: row.roles as [Role, Role],
  payload: row.payload,
});
