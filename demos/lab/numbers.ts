/** The numbers on the right: where they come from, what the device holds, how long it will take, and what each run came to. */
import { formatBytes } from "../../src/gpu/memory";
import { byId, h, setText } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { count, percent, rough } from "../../src/view/format";
import type { Lab } from "./lab";
import { epochsOf, samplesOf, stepsOf } from "./progress";
import type { Run } from "./run";
import { batchOf, layersOf, weightsOf } from "./spec";
import { racersOf } from "./titles";

export class Numbers {
  private readonly facts = new Facts(byId("lab-facts"));
  private readonly scores = byId("lab-scores");
  private drawn = "";

  constructor(private readonly lab: Lab) {}

  draw(chosen: Run | undefined): void {
    const { lab } = this;
    const { device, dataset } = lab;
    if (!device || !dataset) return;
    const { name, software } = device.facts;
    this.facts.show({
      Adapter: software
        ? `${name}, a software adapter: no GPU answered, so what starts by itself is small`
        : name,
      Task: `${dataset.title}, ${count(dataset.train.count)} samples to learn from, ${count(dataset.test.count)} to test on`,
      ...(chosen && this.chosen(chosen)),
      "Time left": this.timeLeft(),
      "Memory taken": memory(device),
    });
    this.drawScores();
  }

  private chosen({ spec, seeds }: Run): Record<string, string> {
    const dataset = this.lab.dataset!;
    const layers = layersOf(spec, dataset);
    const experiment = seeds[0]?.race.experiment;
    const steps = stepsOf(experiment);
    const batch = batchOf(spec, dataset);
    const perSecond = seeds.reduce((sum, { race }) => sum + (race.speeds.get(spec.rule) ?? 0), 0);
    return {
      "Chosen run": `${layers.join("–")}, ${count(weightsOf(layers))} weights, batch ${batch}, ${spec.optimizer}`,
      "Samples seen": `${count(steps * batch)} in ${count(steps)} steps`,
      "Samples a second": perSecond > 0 ? rough(perSecond) : "–",
      ...(experiment?.streams && {
        Samples: "streamed to the device batch by batch, as they don’t fit on it",
      }),
    };
  }

  private timeLeft(): string {
    const { lab } = this;
    if (lab.standing === "over") return "none: all runs have come to their end";
    const { seen, inAll } = samplesOf(lab.races);
    const left = lab.timeLeft.left(seen, inAll);
    if (!left) return "not known yet";
    const paused = lab.standing === "paused" ? ", once it goes on" : "";
    return `${duration(left.seconds)} until ${epochs(epochsOf(lab.races).inAll)} are seen${paused}`;
  }

  /** Test accuracy of each run, and of its seeds the lowest and the highest. */
  private drawScores(): void {
    const { runs, history } = this.lab;
    const racers = racersOf(runs);
    const rows = runs.map(({ seeds }, index) => {
      const scores = seeds.flatMap(({ key }) => history.lastTest(key)?.accuracy ?? []);
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const [low, high] = [Math.min(...scores), Math.max(...scores)];
      const range = scores.length > 1 ? `${(100 * low).toFixed(1)}–${percent(high)}` : "–";
      return [racers[index]!.title, scores.length > 0 ? percent(mean) : "–", range] as const;
    });
    const state = JSON.stringify(rows);
    if (state === this.drawn) return;
    this.drawn = state;
    this.scores.replaceChildren(
      ...rows.map(([title, mean, range]) =>
        h("tr", {}, h("th", { scope: "row" }, title), h("td", {}, mean), h("td", {}, range)),
      ),
    );
  }
}

function memory({ allocated, memory: most }: { allocated: number; memory: number | undefined }): string {
  return most === undefined
    ? `${formatBytes(allocated)}; this adapter does not say how much it has`
    : `${formatBytes(allocated)} of the ${formatBytes(most)} that this page may take`;
}

const epochs = (number: number): string => `${rough(number)} ${number === 1 ? "epoch" : "epochs"}`;

/** Seconds for people, no more exact than they can be. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${rough(seconds / 3600)} h`;
  return `${rough(seconds / 86_400)} days`;
}

/** What someone's choice would need, before it is made. */
export function sayNeeds(element: HTMLElement, sentence: string, fits: boolean): void {
  setText(element, sentence);
  element.dataset.tone = fits ? "plain" : "bad";
}
