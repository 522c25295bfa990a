/** Rule bench: runs the written rule beside a known one while someone looks, and draws what becomes of both. */

import { changeWgsl } from "../../src/expression/rule-wgsl";
import type { RuleProgram } from "../../src/expression/syntax";
import { LineChart } from "../../src/view/chart";
import { byId, h } from "../../src/view/dom";
import type { Facts } from "../../src/view/facts";
import { count, degrees, listed, percent, rough } from "../../src/view/format";
import { nextFrame, wantsStill } from "../../src/view/motion";
import { messageOf, type Tone } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import { lookOf } from "../../src/view/palette";
import { Course } from "./course";
import { ReceptiveFields } from "./fields";
import { batch, Pair, rivalRates, type Standing, yours } from "./pair";
import { samplesOf } from "./samples";
import type { State } from "./state";
import { titleOfRule } from "./told";

/** ms between looks; while less motion is asked for, longer. */
const between = 250;
/** Steps after which it rests: enough for every example. */
export const longest = 20_000;

const powers = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6].map((power) => 10 ** power);
const chartOptions = {
  length: { x: "steps", y: "length of w", format: rough, log: true, marks: () => powers },
  angle: { x: "steps", y: "degrees", format: degrees, marks: () => [0, 15, 30, 45, 60, 75, 90] },
  accuracy: {
    x: "steps",
    y: "accuracy",
    format: percent,
    tick: (value: number) => `${Math.round(100 * value)}\u202f%`,
    marks: () => [0, 0.2, 0.4, 0.6, 0.8, 1],
  },
} as const;

export type BenchState = "idle" | "running" | "paused" | "done" | "failed";

export interface BenchHooks {
  say(text: string, tone?: Tone): void;
  changed(): void;
}

export class RuleBench {
  state: BenchState = "idle";
  /** What was seen last, by rule. */
  standings: ReadonlyMap<string, Standing> = new Map();
  private pair: Pair | undefined;
  private made: Pick<State, "beside" | "data" | "neurons"> | undefined;
  private running = "";
  private looping = false;
  private course = new Course([]);
  private work: Promise<unknown> = Promise.resolve();
  private readonly fields = new ReceptiveFields(byId("wb-fields"));
  private readonly charts = {
    length: chartOf("length"),
    angle: chartOf("angle"),
    accuracy: chartOf("accuracy"),
  } as const;

  constructor(
    private readonly facts: Facts,
    private readonly hooks: BenchHooks,
  ) {}

  get steps(): number {
    return this.pair?.steps ?? 0;
  }

  /** From the first step on, with fresh weights. */
  start(program: RuleProgram, choices: State): Promise<void> {
    return this.inTurn(async () => {
      this.enter("idle");
      this.hooks.say("Making the samples and the networks…");
      const [device, samples] = await Promise.all([pageDevice(), samplesOf(choices.data)]);
      const pair = await Pair.create(device, samples, program, choices);
      this.pair?.destroy();
      this.pair = pair;
      this.made = choices;
      this.running = shapeOf(program);
      this.course = new Course([yours, choices.beside]);
      await this.look(choices);
      this.hooks.say("");
      this.enter("running");
    }).then(() => this.loop());
  }

  /** The text has changed while a run goes on: its numbers are taken over, or another rule goes on from the weights. */
  retell(program: RuleProgram, choices: State): Promise<void> {
    return this.inTurn(async () => {
      if (!this.pair || this.state === "idle") return;
      const shape = shapeOf(program);
      const values = Object.fromEntries(program.params.map(({ name, value }) => [name, value]));
      if (shape === this.running)
        this.pair.set(program.uses.has("rate") ? values : { ...values, rate: choices.rate });
      else {
        await this.pair.replace(program, choices.rate);
        this.running = shape;
        this.hooks.say("Your new rule goes on from the weights as they are; Start anew begins afresh.");
        if (this.state === "done" || this.state === "failed") this.enter("paused");
      }
    });
  }

  toggle(): void {
    if (this.state === "running") this.enter("paused");
    else if (this.state === "paused") {
      this.enter("running");
      void this.loop();
    }
  }

  /** Draws again what was seen, as another measure. */
  redraw(show: State["show"]): void {
    for (const [name, { host }] of Object.entries(this.charts)) host.hidden = name !== show;
    if (!this.made) return;
    const rules = [yours, this.made.beside];
    const lines = rules.map((rule) => ({
      key: rule,
      label: rule === yours ? "Yours" : titleOfRule(rule),
      ...lookOf(rule),
      values: this.course.values(rule, show),
    }));
    const range = rangeOf(
      show,
      lines.flatMap(({ values }) => values),
    );
    this.charts[show].chart.draw(this.course.steps, lines, range);
    if (this.pair) this.tell(this.made.beside);
  }

  private async loop(): Promise<void> {
    if (this.looping) return;
    this.looping = true;
    let seen = 0;
    while (this.state === "running") {
      if (!document.hidden)
        await this.inTurn(async () => {
          const { pair, made } = this;
          if (this.state !== "running" || !pair || !made) return;
          await pair.advance();
          const due = performance.now() - seen > (wantsStill() ? 4 * between : between);
          const over = pair.steps >= longest || pair.stopped.size === 2;
          if (due || over) {
            await this.look(made);
            seen = performance.now();
          }
          if (over) {
            this.enter("done");
            this.hooks.say(
              pair.stopped.size === 2 ? "Both rules diverged." : `It rests after ${count(pair.steps)} steps.`,
            );
          }
        });
      await nextFrame();
    }
    this.looping = false;
  }

  private async look({ beside }: Pick<State, "beside">): Promise<void> {
    const pair = this.pair!;
    const standings = new Map<string, Standing>();
    for (const trainer of pair.trainers) {
      const standing = await pair.look(trainer);
      if (standing) standings.set(trainer.rule.name, standing);
    }
    this.standings = standings;
    this.course.add(pair.steps, standings);
    const { shape } = pair.samples.dataset;
    const neurons = pair.trainers[0].net.populations[1]!.size;
    this.fields.draw(
      [
        ...[yours, beside].flatMap((rule) => {
          const standing = standings.get(rule);
          return standing
            ? [{ title: rule === yours ? "Yours" : titleOfRule(rule), weights: standing.weights, neurons }]
            : [];
        }),
        { title: "The longest axis", weights: pair.samples.axis, neurons: 1 },
      ],
      shape,
    );
    if (pair.stopped.size > 0) this.hooks.say(listed([...pair.stopped.values()]), "bad");
    this.hooks.changed();
  }

  private tell(beside: State["beside"]): void {
    const pair = this.pair!;
    const { name, software } = pair.trainers[0].device.facts;
    const said = (rule: string) => {
      const standing = this.standings.get(rule);
      if (!standing) return "diverged";
      const { length, angle, accuracy } = standing;
      return `length ${rough(length)}, angle ${degrees(angle)}, accuracy ${percent(accuracy)}`;
    };
    const { title, train, test } = pair.samples.dataset;
    this.facts.show({
      Steps: `${count(pair.steps)}, each of ${batch} samples`,
      Yours: said(yours),
      [titleOfRule(beside)]: said(beside),
      [`Rate of ${titleOfRule(beside)}`]: String(
        rivalRates[pair.samples.dataset.name as State["data"]][beside],
      ),
      Samples: `${title}: ${count(train.count)} to learn from, ${count(test.count)} to test on`,
      Adapter: software ? `${name}, a software adapter` : name,
    });
  }

  private enter(state: BenchState): void {
    this.state = state;
    this.hooks.changed();
  }

  /** One thing at a time. What fails is said, and loses nothing. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.work.then(work).catch((error: unknown) => {
      this.hooks.say(messageOf(error), "bad");
      this.enter(this.pair ? "failed" : "idle");
    });
    this.work = done;
    return done;
  }
}

/** Equal for rules that differ in the values of their parameters alone. */
const shapeOf = (program: RuleProgram): string =>
  `${changeWgsl(program)} ${program.params.map(({ name, min, max }) => `${name} ${min} ${max}`)}`;

/** A chart in a place of its own, so that each measure keeps its axes. */
function chartOf(measure: State["show"]) {
  const host = h("div", { class: "plot wb-plot" });
  byId("wb-chart").append(host);
  return { host, chart: new LineChart(host, chartOptions[measure]) };
}

/** All of the angles and accuracies there can be; lengths by whole powers of ten, as far as the middle of the story needs. */
function rangeOf(show: State["show"], values: readonly (number | null)[]): [number, number] {
  if (show === "angle") return [0, 90];
  if (show === "accuracy") return [0, 1];
  const lengths = values.filter((value): value is number => value !== null && value > 0);
  const power = (value: number, round: (x: number) => number) => 10 ** round(Math.log10(value));
  const low = power(Math.max(1e-4, Math.min(0.9, ...lengths)), Math.floor);
  return [low, Math.max(low * 10, power(Math.min(1e6, Math.max(1.1, ...lengths)), Math.ceil))];
}
