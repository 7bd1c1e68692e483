import type { Hex } from "viem";
import {
  TEXT_SIZES,
  type TextSize,
  applyTextSize,
  keepLanguage,
  keepTextSize,
  readTextSize,
} from "../language/preference.ts";
import { formatCount } from "../language/format.ts";
import { type Child, element } from "./element.ts";
import { listenForDrops, readChosen } from "./intake.ts";
import { startJob } from "./job.ts";
import type { Evidence, News } from "./messages.ts";
import { renderFinished, renderRefused } from "./outcome.ts";
import { startTexts, textsIn } from "./texts.ts";
import "../style/base.css";
import "../style/verdict.css";
import "./verifier.css";

/** The page: an evidence file goes in, a verdict comes out. */
class Page {
  readonly #place: HTMLElement;
  #texts = startTexts();
  #evidence: Evidence | undefined;
  #news: News | undefined;

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  start(): void {
    applyTextSize(readTextSize());
    listenForDrops((files) => void this.#take(files));
    // What is folded would be missing on paper.
    addEventListener("beforeprint", () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    this.#draw();
  }

  async #take(files: readonly File[]): Promise<void> {
    const evidence = await readChosen(files);
    if (evidence) this.#verify(evidence, []);
  }

  #verify(evidence: Evidence, validators: readonly Hex[]): void {
    this.#evidence = evidence;
    this.#news = { kind: "progress", done: 0, all: 0 };
    this.#draw();
    startJob({ evidence, validators }, (news) => {
      const bar = this.#news?.kind === "progress" && news.kind === "progress";
      this.#news = news;
      if (bar) this.#moveBar(news.done, news.all);
      else this.#draw();
    });
  }

  #moveBar(done: number, all: number): void {
    const bar = document.querySelector("progress");
    const counter = document.querySelector(".counter");
    bar?.setAttribute("max", String(all));
    bar?.setAttribute("value", String(done));
    const { own } = this.#texts;
    counter?.replaceChildren(own.signatures(formatCount(done), formatCount(all)));
  }

  #header(): HTMLElement {
    const { own, language } = this.#texts;
    const switchLanguage = (): void => {
      const other = language === "zh" ? "en" : "zh";
      keepLanguage(other);
      this.#texts = textsIn(other);
      this.#draw();
    };
    const size = (name: TextSize, i: number): HTMLElement => {
      const choose = (): void => {
        keepTextSize(name);
        applyTextSize(name);
      };
      const label = `${own.textSize} ${own.sizes[name]}`;
      const letters = `A${"+".repeat(i)}`;
      return element(
        "button",
        { type: "button", class: "plain", "aria-label": label, onclick: choose },
        letters,
      );
    };
    return element(
      "header",
      {},
      element("p", { class: "product" }, own.product),
      element(
        "div",
        { class: "choices screen-only" },
        ...TEXT_SIZES.map(size),
        element(
          "button",
          { type: "button", class: "plain", onclick: switchLanguage },
          own.language,
        ),
      ),
    );
  }

  #chooser(label: string, folder: boolean): HTMLElement {
    const choose = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      void this.#take([...(input.files ?? [])]).then(() => (input.value = ""));
    };
    const id = folder ? "folder" : "file";
    const kind = folder ? { webkitdirectory: true } : { accept: ".zip,application/zip" };
    const input = { type: "file", id, class: "visually-hidden", onchange: choose, ...kind };
    const look = folder ? "file-label quiet" : "file-label button";
    return element(
      "p",
      {},
      element("input", input),
      element("label", { for: id, class: look }, label),
    );
  }

  #intake(): HTMLElement {
    const { own } = this.#texts;
    const done = this.#news !== undefined;
    const print = element(
      "button",
      { type: "button", class: "button", onclick: () => globalThis.print() },
      own.print,
    );
    return element(
      "section",
      { class: "intake screen-only" },
      this.#chooser(done ? own.other : own.choose, false),
      done ? print : element("p", { class: "soft" }, own.drop),
      this.#chooser(own.chooseFolder, true),
    );
  }

  #progress(): Child[] {
    const { own } = this.#texts;
    return [
      element("p", { role: "status" }, own.verifying),
      element("progress", { class: "progress", "aria-label": own.verifying }),
      element("p", { class: "counter soft" }, own.reading),
    ];
  }

  #content(): Child[] {
    const news = this.#news;
    if (!news) return [element("p", {}, this.#texts.own.intro), this.#intake()];
    if (news.kind === "progress") return this.#progress();
    if (news.kind !== "report") return [...renderRefused(this.#texts, news), this.#intake()];
    const onValidators = (validators: Hex[]): void => this.#verify(this.#evidence!, validators);
    return [...renderFinished(this.#texts, news, onValidators), this.#intake()];
  }

  #draw(): void {
    const { own, language } = this.#texts;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = `${own.title} · ${own.product}`;
    const main = element("main", {}, element("h1", {}, own.title), ...this.#content());
    this.#place.replaceChildren(this.#header(), main);
  }
}

export function startPage(): void {
  const place = document.getElementById("page");
  if (!place) throw new Error("the page has no element #page");
  new Page(place).start();
}
