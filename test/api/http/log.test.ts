import { expect } from "chai";
import { describeError } from "../../../api/http/log.ts";
import { createTestDatabase } from "../../database/template.ts";

describe("what is logged of an error", () => {
  const logged = (error: unknown): string => JSON.stringify(describeError(error));

  it("leaves out what a failed query was given", async () => {
    const database = await createTestDatabase();
    const failing = database.client.setting.findUniqueOrThrow({ where: { name: "张三" } as never });
    const unknownColumn: unknown = await failing.catch((error: unknown) => error);
    const raw = database.client.$queryRawUnsafe("SELECT '张三'::int");
    const wrongValue: unknown = await raw.catch((error: unknown) => error);
    await database.close();
    for (const error of [unknownColumn, wrongValue]) {
      expect(error).to.be.instanceOf(Error);
      expect(logged(error)).not.to.contain("张三");
      expect(logged(new Error("the roll is broken", { cause: error }))).not.to.contain("张三");
    }
  });

  it("leaves out what a parser stumbled over", () => {
    let thrown: unknown;
    try {
      JSON.parse("张三");
    } catch (error) {
      thrown = error;
    }
    expect(logged(thrown)).not.to.contain("张三");
  });

  it("keeps where it happened and what we said ourselves", () => {
    const text = logged(new Error("the log lacks a node"));
    expect(text).to.contain("the log lacks a node").and.to.contain("log.test.ts");
  });
});
