import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { toBase64 } from "../../../../protocol/anchor/tlog/base64.ts";
import {
  addSignatures,
  formatCheckpoint,
  openCheckpoint,
  originOf,
  parseCheckpoint,
} from "../../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../../protocol/anchor/tlog/fault.ts";
import {
  type VerifierKey,
  formatVerifierKey,
  parseVerifierKey,
  verifierKeyOf,
} from "../../../../protocol/anchor/tlog/key.ts";
import {
  decodeText,
  formatNote,
  parseNote,
  parseSignatures,
} from "../../../../protocol/anchor/tlog/note.ts";
import { checkQuorum, parsePolicy } from "../../../../protocol/anchor/tlog/policy.ts";
import { formatProofFile, parseProofFile } from "../../../../protocol/anchor/tlog/proofFile.ts";
import {
  checkSignatures,
  cosignNote,
  signNote,
} from "../../../../protocol/anchor/tlog/signature.ts";

// Every kind of case reads its own fields.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Case = { kind: string; desc: string; expect: unknown; [field: string]: any };

const cases = JSON.parse(
  readFileSync(new URL("../../../vectors/c2sp/formats.json", import.meta.url), "utf8"),
) as Case[];

function faultOf(act: () => unknown): string {
  try {
    act();
    return "ok";
  } catch (error) {
    expect(error).to.be.instanceOf(NoteInvalid);
    return (error as NoteInvalid).fault;
  }
}

const KINDS: Record<string, (one: Case) => unknown> = {
  note({ note, keys, checkpoint }) {
    expect(formatNote(parseNote(note))).to.equal(note);
    const known = (keys as string[]).map(parseVerifierKey);
    if (checkpoint) {
      const { origin, size, root } = openCheckpoint(note, known).checkpoint;
      expect({ origin, size: String(size), root: toBase64(root) }).to.deep.equal(checkpoint);
    }
    return checkSignatures(parseNote(note), known).map(({ status }) => status);
  },
  vkey({ key }) {
    let type = "";
    const fault = faultOf(() => {
      const parsed = parseVerifierKey(key);
      expect(formatVerifierKey(parsed)).to.equal(key);
      type = parsed.type;
    });
    return fault === "ok" ? type : fault;
  },
  checkpoint: ({ text }) =>
    faultOf(() => expect(formatCheckpoint(parseCheckpoint(text))).to.equal(text)),
  proofFile: ({ text }) =>
    faultOf(() => expect(formatProofFile(parseProofFile(text))).to.equal(text)),
  policy({ text }) {
    let thresholds: number[] = [];
    const fault = faultOf(() => {
      thresholds = parsePolicy(text).groups.map(({ threshold }) => threshold);
    });
    return fault === "ok" ? thresholds : fault;
  },
};

describe("formats of C2SP", () => {
  for (const one of cases) {
    it(`${one.kind}: ${one.desc}`, () => {
      expect(KINDS[one.kind]!(one)).to.deep.equal(one.expect);
    });
  }

  const seed = new Uint8Array(32).fill(7);
  const log = { name: "example.com/log", seed };
  const text = "example.com/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

  it("signs and cosigns so that only the very text and key pass", () => {
    const witness = { name: "witness.example/w", seed: new Uint8Array(32).fill(9) };
    const keys = [verifierKeyOf(log, "ed25519"), verifierKeyOf(witness, "cosignature")];
    const signatures = [signNote(text, log), cosignNote(text, witness, 1_679_315_147n)];
    const note = parseNote(formatNote({ text, signatures }));
    const checks = checkSignatures(note, keys);
    expect(checks.map(({ status }) => status)).to.deep.equal(["ok", "ok"]);
    expect(checks[1]!.timestamp).to.equal(1_679_315_147n);
    fc.assert(
      fc.property(fc.nat({ max: 71 }), fc.nat({ max: 7 }), (byte, bit) => {
        const forged = note.signatures.map(({ signature, ...line }) => {
          const copy = new Uint8Array(signature);
          copy[byte % copy.length]! ^= 1 << bit;
          return { ...line, signature: copy };
        });
        const found = checkSignatures({ text, signatures: forged }, keys);
        expect(found.map(({ status }) => status)).to.deep.equal(["failed", "failed"]);
      }),
    );
    const longer = checkSignatures({ ...note, text: `${text}more\n` }, keys);
    expect(longer.map(({ status }) => status)).to.deep.equal(["failed", "failed"]);
  });

  it("does not take a log's signature for a cosignature, nor the other way round", () => {
    const keys = [verifierKeyOf(log, "ed25519"), verifierKeyOf(log, "cosignature")];
    const cosigned = cosignNote(text, log, 5n);
    const swapped = { ...cosigned, keyId: keys[0]!.keyId };
    expect(checkSignatures({ text, signatures: [swapped] }, keys)[0]!.status).to.equal("failed");
    const plain = { ...signNote(text, log), keyId: keys[1]!.keyId };
    expect(checkSignatures({ text, signatures: [plain] }, keys)[0]!.status).to.equal("failed");
  });

  it("refuses what is no note", () => {
    const line = formatNote({ text, signatures: [signNote(text, log)] }).slice(text.length + 1);
    const faults = {
      [`${text}`]: "noSignatures",
      [`${text}\n`]: "noSignatures",
      [`${text}\n${line.trimEnd()}`]: "badSignatureLine",
      [`${text}\n- ${line.slice(2)}`]: "badSignatureLine",
      [`${text}\n${line.replace("example.com/log", "example.com+log")}`]: "badSignatureLine",
      [`${text}\n${line.replace("example.com/log", "example\u00a0log")}`]: "badSignatureLine",
      [`${text}\n${line.replace(/.=\n/, "=\n")}`]: "badSignatureLine",
      [`a\tb\n\n${line}`]: "controlCharacter",
      [`a\r\n\n${line}`]: "controlCharacter",
      [`\ud800\n\n${line}`]: "notUtf8",
      [`${text}\n${line.repeat(101)}`]: "tooLong",
    };
    for (const [note, fault] of Object.entries(faults)) {
      expect(
        faultOf(() => parseNote(note)),
        JSON.stringify(note.slice(-80)),
      ).to.equal(fault);
    }
    expect(faultOf(() => decodeText(new Uint8Array([0xff])))).to.equal("notUtf8");
    expect(faultOf(() => parseSignatures(line.repeat(16)))).to.equal("ok");
  });

  it("adds signatures once, and leaves those that are there as they are", () => {
    const signed = formatNote({ text, signatures: [signNote(text, log)] });
    const witness = { name: "witness.example/w", seed: new Uint8Array(32).fill(9) };
    const once = addSignatures(signed, [cosignNote(text, witness, 1n)]);
    expect(once.startsWith(signed)).to.equal(true);
    expect(parseNote(once).signatures).to.have.length(2);
    expect(addSignatures(once, [cosignNote(text, witness, 2n), signNote(text, log)])).to.equal(
      once,
    );
  });

  it("names a community's log after its chain and contract", () => {
    const anchor = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    expect(originOf(31_337, anchor)).to.equal(`mingzhang/31337/${anchor.toLowerCase()}`);
  });

  it("splits a note at its last empty line", () => {
    const nested = formatNote({ text: `a\n\n${text}`, signatures: [signNote(text, log)] });
    expect(parseNote(nested).text).to.equal(`a\n\n${text}`);
  });

  it("counts a quorum over groups of groups", () => {
    const witnesses = ["a", "b", "c", "d"].map((name, i) => {
      return { name, seed: new Uint8Array(32).fill(i + 1) };
    });
    const vkey = (i: number): VerifierKey => verifierKeyOf(witnesses[i]!, "cosignature");
    const policy = parsePolicy(
      [
        ...witnesses.map(({ name }, i) => `witness ${name} ${formatVerifierKey(vkey(i))}`),
        "group ab any a b",
        "group cd all c d",
        "group both 2 ab cd",
        "quorum both",
      ].join("\n"),
    );
    const quorumOf = (...who: number[]) => {
      const signatures = who.map((i) => cosignNote(text, witnesses[i]!, 1n));
      const keys = policy.witnesses.map(({ key }) => key);
      return checkQuorum(policy, checkSignatures({ text, signatures }, keys));
    };
    expect(quorumOf(0, 2, 3)).to.deep.equal({
      isReached: true,
      cosigned: ["a", "c", "d"],
      missing: ["b"],
    });
    expect(quorumOf(0, 1, 2).isReached).to.equal(false);
    expect(quorumOf(2, 3).isReached).to.equal(false);
    expect(quorumOf().isReached).to.equal(false);
  });
});
