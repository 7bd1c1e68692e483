import { expect } from "chai";
import fs from "node:fs";
import path from "node:path";
import { zhLater, type Subject } from "../../web/messages/zh-later.ts";
import { findScreen, listAsks, SCREENS, type Screen } from "../../web/screens.ts";

const WEB = path.resolve(import.meta.dirname, "../../web");

/** These wait for their texts themselves, each in its own place. */
const PATIENT = ["report-view", "dispute-maker"].map((name) =>
  path.join(WEB, `assembly/${name}.tsx`),
);

/** A module and all that comes with it at once; what is loaded on demand is not among it. */
function listModules(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const source = fs.readFileSync(file, "utf8");
  for (const [, place] of source.matchAll(/^(?:import|\} from) [^;(]*?"(\.[^"]+\.tsx?)";$/gm)) {
    const needed = path.resolve(path.dirname(file), place!);
    if (needed.startsWith(WEB)) listModules(needed, found);
  }
  return found;
}

function subjectsOf(screen: Screen): Subject[] {
  const [, place] = /import\("(.+?)"\)/.exec(String(screen.load)) ?? [];
  const files = [...listModules(path.join(WEB, place!))].filter((file) => !PATIENT.includes(file));
  const named = files.flatMap((file) => [
    ...fs.readFileSync(file, "utf8").matchAll(/useTexts\(([^)]*)\)/g),
  ]);
  return named.flatMap(([, list]) => list!.match(/\w+/g) ?? []) as Subject[];
}

describe("the screens that are loaded later", () => {
  it("name every file of texts that they say something from: none waits for one when it is shown", () => {
    const missing = SCREENS.flatMap((screen) => {
      const said = new Set(subjectsOf(screen));
      expect(said, screen.path).to.not.be.empty;
      const loaded = screen.texts.map((subject) => zhLater[subject]);
      return [...said]
        .filter((subject) => !loaded.includes(zhLater[subject]))
        .map((subject) => `${screen.path}: ${subject}`);
    });
    expect(missing).to.deep.equal([]);
  });

  it("are found by their address, with what they ask first", () => {
    const meeting = "/communities/demo-garden/meetings/7";
    expect(findScreen(meeting)?.path).to.equal("/communities/:community/meetings/:meeting");
    expect(listAsks(meeting)).to.deep.equal([`/api${meeting}`, "/api/communities/demo-garden"]);
    expect(findScreen("/officers")?.path).to.equal(findScreen("/officers/garden/roll")?.path);
    expect(listAsks("/communities/%E8%8A%B1")).to.include("/api/communities/%E8%8A%B1/meetings");
  });

  it("are none for addresses of first screens and of nothing", () => {
    for (const address of ["/", "/communities/garden", "/nowhere", `/check/again`]) {
      expect(findScreen(address), address).to.equal(undefined);
    }
    expect(listAsks("/nowhere")).to.deep.equal([]);
  });
});
