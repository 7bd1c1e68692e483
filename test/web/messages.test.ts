import { expect } from "chai";
import { ERROR_CODES } from "../../api/http/errors.ts";
import { recordSchema } from "../../protocol/anchor/record.ts";
import { enLater } from "../../web/messages/en-later.ts";
import { en } from "../../web/messages/en.ts";
import { zhLater, type LaterFiles, type LaterMessages } from "../../web/messages/zh-later.ts";
import { zh } from "../../web/messages/zh.ts";

/** All texts of a tree of messages by their path; functions are called with marks for their figures. */
function listTexts(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const marks = Array.from({ length: value.length }, (_, i) => `#${i}`);
    return [[path, String((value as (...marks: string[]) => unknown)(...marks))]];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => listTexts(part, `${path}.${name}`));
}

async function readFiles(files: LaterFiles): Promise<LaterMessages> {
  const subjects = Object.entries(files).map(async ([subject, load]) => {
    const texts: Partial<LaterMessages> = await load();
    return [subject, texts[subject as keyof LaterMessages]];
  });
  return Object.fromEntries(await Promise.all(subjects)) as LaterMessages;
}

const LANGUAGES = {
  zh: { ...zh, ...(await readFiles(zhLater)) },
  en: { ...en, ...(await readFiles(enLater)) },
};

describe("the page's texts", () => {
  const texts = {
    zh: new Map(listTexts(LANGUAGES.zh, "")),
    en: new Map(listTexts(LANGUAGES.en, "")),
  };

  it("say everything in both languages", () => {
    expect([...texts.en.keys()].sort()).to.deep.equal([...texts.zh.keys()].sort());
    for (const language of ["zh", "en"] as const) {
      const empty = [...texts[language]].filter(
        ([path, text]) =>
          text.trim() === "" && path !== ".meeting.items.0" && path !== ".shell.gap",
      );
      expect(empty).to.deep.equal([]);
    }
  });

  it("explain every error of the service, with a cure", () => {
    for (const { problems, refusals } of Object.values(LANGUAGES)) {
      const known = { ...refusals, ...problems.byCode };
      expect(ERROR_CODES.filter((code) => !Object.hasOwn(known, code))).to.deep.equal([]);
    }
  });

  it("name every type of record", () => {
    const types = recordSchema.options.map(({ shape }) => shape.type.value);
    for (const { audit } of Object.values(LANGUAGES)) {
      expect(types.filter((type) => !Object.hasOwn(audit.kinds, type))).to.deep.equal([]);
    }
  });

  it("carry the same figures into both languages", () => {
    const marksOf = (text: string): string[] => [...new Set(text.match(/#\d/g))].sort();
    for (const [path, text] of texts.zh) {
      expect(marksOf(texts.en.get(path)!), path).to.deep.equal(marksOf(text));
    }
  });

  it("set Chinese with Chinese punctuation", () => {
    const halfWidth = [...texts.zh].filter(([, text]) =>
      /[\u4e00-\u9fff][,:;!?()]|[,:;!?(][\u4e00-\u9fff]/u.test(text),
    );
    expect(halfWidth).to.deep.equal([]);
  });
});
