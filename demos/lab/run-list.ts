/** The list of runs: choose one to set it below, hide its line, or remove it. */
import { h, setText } from "../../src/view/dom";
import { percent } from "../../src/view/format";
import { swatch } from "../../src/view/line-swatch";
import type { Lab } from "./lab";
import type { Run } from "./run";
import { racersOf } from "./titles";

export interface RunListActions {
  choose(run: Run): void;
  show(run: Run, shown: boolean): void;
  remove(run: Run): void;
}

interface Row {
  readonly item: HTMLElement;
  readonly status: HTMLElement;
}

export class RunList {
  private rows = new Map<number, Row>();
  private drawn = "";

  constructor(
    private readonly host: HTMLElement,
    private readonly lab: Lab,
    private readonly actions: RunListActions,
  ) {}

  /** Draws the list where it has changed, and what each run has come to. */
  draw(chosen: number | undefined): void {
    const { runs } = this.lab;
    const racers = racersOf(runs);
    const state = JSON.stringify([chosen, racers, runs.map(({ spec }) => spec.shown)]);
    if (state !== this.drawn) this.rebuild(chosen, racers);
    this.drawn = state;
    for (const run of runs) setText(this.rows.get(run.id)!.status, standing(run, this.lab));
  }

  private rebuild(chosen: number | undefined, racers: ReturnType<typeof racersOf>): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.run;
    this.rows = new Map();
    this.host.replaceChildren(
      ...this.lab.runs.map((run, index) => {
        const row = this.row(run, racers[index]!, run.id === chosen);
        this.rows.set(run.id, row);
        return row.item;
      }),
    );
    if (focused) this.host.querySelector<HTMLElement>(`[data-run="${focused}"]`)?.focus();
  }

  private row(run: Run, { title, look }: ReturnType<typeof racersOf>[number], chosen: boolean): Row {
    const status = h("small", { class: "lab-run-status" });
    const choose = h(
      "button",
      {
        type: "button",
        class: "lab-run-name",
        "aria-pressed": String(chosen),
        "data-run": `choose ${run.id}`,
      },
      swatch(look!),
      h("span", {}, title, status),
    );
    const { shown } = run.spec;
    const hide = h(
      "button",
      {
        type: "button",
        class: "lab-run-button",
        "aria-pressed": String(shown),
        "aria-label": `Show ${title}`,
        title: shown ? "Hide its line" : "Show its line",
        "data-run": `show ${run.id}`,
      },
      shown ? "●" : "○",
    );
    const remove = h(
      "button",
      {
        type: "button",
        class: "lab-run-button",
        "aria-label": `Remove ${title}`,
        title: "Remove",
        "data-run": `remove ${run.id}`,
      },
      "×",
    );
    choose.addEventListener("click", () => this.actions.choose(run));
    hide.addEventListener("click", () => this.actions.show(run, !run.spec.shown));
    remove.addEventListener("click", () => this.actions.remove(run));
    return {
      item: h("li", { class: chosen ? "lab-run is-chosen" : "lab-run" }, choose, hide, remove),
      status,
    };
  }
}

/** What a run has come to, in few words. */
function standing(run: Run, { history, abreast }: Lab): string {
  const { seeds, alive } = run;
  if (seeds.length === 0) return "not running";
  if (alive.length === 0) return "diverged";
  const scores = alive.flatMap(({ key }) => history.lastTest(key)?.accuracy ?? []);
  const lost = seeds.length - alive.length;
  const many = seeds.length > 1 ? `${seeds.length} seeds${lost > 0 ? `, ${lost} diverged` : ""}: ` : "";
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const waits = alive.every(({ race }) => abreast.holds(race)) ? ", waits for the others" : "";
  return `${many}${scores.length > 0 ? percent(mean) : "not yet tested"}${waits}`;
}
