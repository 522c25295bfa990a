/** What can be taken away from the lab, and brought back: metrics, charts, weights, the link. */
import { checkpointParts, readCheckpoint } from "../../src/experiment/checkpoint";
import { chartSvg } from "../../src/view/chart-svg";
import type { Curves } from "../../src/view/curves";
import { byId } from "../../src/view/dom";
import { download } from "../../src/view/download";
import { messageOf, type Notice } from "../../src/view/notice";
import { colour } from "../../src/view/palette";
import { pngOf } from "../../src/view/png";
import { describeCharts } from "./figures";
import { specOf } from "./from-checkpoint";
import type { Lab } from "./lab";
import { type MetricsOf, metricsCsv, metricsJson } from "./metrics";
import type { Run } from "./run";
import { titlesOf } from "./titles";

const size = { width: 960, height: 440 };

export class Exports {
  constructor(
    private readonly lab: Lab,
    private readonly curves: Curves,
    private readonly notice: Notice,
    private readonly chosen: () => Run | undefined,
    private readonly link: () => string,
  ) {
    const actions: Record<string, () => void | Promise<void>> = {
      "lab-csv": () => this.csv(),
      "lab-json": () => this.json(),
      "lab-svg": () => this.svg(),
      "lab-png": () => this.png(),
      "lab-weights-file": () => this.weights(),
      "lab-link": () => this.copyLink(),
    };
    for (const [id, action] of Object.entries(actions))
      byId(id).addEventListener("click", () => void this.attempt(async () => action()));
    const input = byId("lab-load") as HTMLInputElement;
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      if (file) void this.attempt(() => this.load(file));
      input.value = "";
    });
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notice.say(messageOf(error), "bad");
    }
  }

  private get metrics(): MetricsOf[] {
    const { runs } = this.lab;
    const titles = titlesOf(runs.map(({ spec }) => spec));
    return runs.flatMap(({ spec, seeds }, index) =>
      seeds.map(({ seed, key }) => ({ title: titles[index]!, spec, seed, key })),
    );
  }

  private get dataset() {
    const { dataset } = this.lab;
    if (!dataset) throw new Error("There is nothing yet to take away: no run has begun.");
    return dataset;
  }

  private csv(): void {
    const text = metricsCsv(this.metrics, this.lab.history, this.dataset);
    download("engram-metrics.csv", "text/csv", [text]);
    this.notice.say("The metrics are on their way, as CSV.");
  }

  private json(): void {
    const facts = {
      adapter: this.lab.device?.facts.name ?? "",
      date: new Date().toISOString(),
      address: this.link(),
    };
    download("engram-metrics.json", "application/json", [
      metricsJson(this.metrics, this.lab.history, this.dataset, facts),
    ]);
    this.notice.say("The metrics are on their way, as JSON.");
  }

  /** Both charts, each an SVG of its own. */
  private get charts(): { readonly name: string; readonly svg: string }[] {
    const { drawings } = this.curves;
    if (!drawings) throw new Error("There is no chart yet: no run has begun.");
    const title = describeCharts(this.lab);
    return [
      {
        name: "engram-accuracy",
        svg: chartSvg(`${title}: accuracy`, drawings.accuracy, { ...size, colour }),
      },
      { name: "engram-loss", svg: chartSvg(`${title}: loss`, drawings.loss, { ...size, colour }) },
    ];
  }

  private svg(): void {
    for (const { name, svg } of this.charts) download(`${name}.svg`, "image/svg+xml", [svg]);
    this.notice.say("Both charts are on their way, as SVG.");
  }

  private async png(): Promise<void> {
    for (const { name, svg } of this.charts) download(`${name}.png`, "image/png", [await pngOf(svg)]);
    this.notice.say("Both charts are on their way, as PNG.");
  }

  /** One file for each seed of the chosen run. */
  private async weights(): Promise<void> {
    const run = this.chosen();
    if (!run || run.seeds.length === 0)
      throw new Error("There are no weights yet: the chosen run has not begun.");
    this.notice.say("Reading the weights…");
    const checkpoints = run.seeds.map(async ({ seed, race }) => ({
      seed,
      checkpoint: await race.checkpoint(),
    }));
    this.lab.abreast.hurry();
    for (const { seed, checkpoint } of await Promise.all(checkpoints)) {
      if (!checkpoint) continue;
      const name = `engram-${run.spec.rule}-seed-${seed}.safetensors`;
      download(name, "application/octet-stream", checkpointParts(checkpoint));
    }
    this.notice.say(
      "The weights are on their way: a checkpoint for each seed, which engram train --resume reads too.",
      "good",
    );
  }

  /** Goes on from a checkpoint: a run for each of its rules joins the others. */
  private async load(file: File): Promise<void> {
    this.notice.say(`Reading ${file.name}…`);
    const checkpoint = readCheckpoint(new Uint8Array(await file.arrayBuffer()), file.name);
    for (const snapshot of checkpoint.snapshots) {
      const one = { settings: checkpoint.settings, snapshots: [snapshot] };
      await this.lab.add(specOf(one, this.dataset, file.name), async () => ({ checkpoint: one }));
    }
    this.notice.say(
      `${file.name} goes on as a run of its own, from step ${checkpoint.snapshots[0]?.steps}.`,
      "good",
    );
  }

  private async copyLink(): Promise<void> {
    const link = this.link();
    await navigator.clipboard.writeText(link).catch(() => {
      throw new Error(`This browser lets no page copy; the address line holds the link: ${link}`);
    });
    this.notice.say("The link is copied: it holds all runs and settings.", "good");
  }
}
