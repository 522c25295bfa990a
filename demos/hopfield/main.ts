/** The Hopfield canvas: draw, store, spoil, recall, and watch the energy fall. */
import "../../src/view/style/page.css";
import "./style.css";
import type { Storage } from "../../src/experiment/hopfield-options";
import type { Pattern } from "../../src/experiment/patterns";
import { LineChart } from "../../src/view/chart";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { rough } from "../../src/view/format";
import { messageOf } from "../../src/view/notice";
import { onColoursChange } from "../../src/view/palette";
import { type Stage, stage } from "../../src/view/stage";
import { Board, thumbnail } from "./board";
import { Demo, neurons, type Progress, turnsAtOnce } from "./demo";
import { shapes } from "./shapes";

const storages: Readonly<Record<Storage, string>> = {
  hebbian: "Hebbian (Hopfield 1982)",
  "pseudo-inverse": "Projection rule",
  storkey: "Storkey’s rule",
  modern: "Modern: softmax over memories",
};

let demo: Demo | undefined;
let shared: Stage | undefined;
let last: Progress | undefined;
let storage: Storage = "hebbian";

const board = new Board(
  byId("hopfield-board") as HTMLCanvasElement,
  () => {
    if (!demo) return;
    demo.touring = false;
    demo.stop();
    say("Press Recall to let the network settle from what you drew, or Store this to keep it.");
  },
  (text) => setText(byId("hopfield-cell"), text),
);
const chart = new LineChart(byId("hopfield-energy"), {
  x: "neurons that had their turn",
  y: "energy",
  format: (value) => rough(value),
  marks,
  mostDots: 4,
});
onColoursChange(() => demo && stored(demo.patterns, undefined));
const noise = byId("hopfield-noise") as HTMLInputElement;

function say(text: string, tone: "plain" | "good" | "bad" = "plain"): void {
  shared?.say(text, tone);
}

/** Four to ten round numbers between two. */
function marks(from: number, to: number): number[] {
  const power = 10 ** Math.floor(Math.log10(to - from));
  const step = (to - from) / power < 4 ? power / 2 : power;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** What a pattern is called: a shape by its name, others by number. */
function nameOf(index: number): string {
  const pattern = demo?.patterns[index];
  return shapes.find((shape) => shape.pattern === pattern)?.name ?? `pattern ${index + 1}`;
}

function show(progress: Progress): void {
  last = progress;
  const { energy, overlap, nearest, steps, settled } = progress;
  const each = demo?.storage === "modern" ? neurons : turnsAtOnce;
  const [low, high] = [Math.min(...energy), Math.max(...energy)];
  const room = 0.08 * (high - low || 1);
  const line = { key: "energy", label: "energy", colour: "--family-hebbian", dash: [], values: energy };
  chart.draw(
    energy.map((_, step) => step * each),
    [line],
    [low - room, high + room],
  );
  setText(byId("hopfield-figure-energy"), rough(energy.at(-1)!));
  setText(byId("hopfield-figure-overlap"), `${overlap.toFixed(2)} (${nameOf(nearest)})`);
  setText(byId("hopfield-figure-turns"), rough(steps * each));
  for (const [index, item] of [...byId("hopfield-shelf").children].entries())
    item.classList.toggle("is-nearest", index === nearest);
  if (steps === 0) say("Settling…");
  if (!settled) return;
  if (overlap === 1) say(`Settled, neuron by neuron, in “${nameOf(nearest)}”.`, "good");
  else
    say(
      `Settled in a state that was never stored: the nearest, “${nameOf(nearest)}”, overlaps by ${overlap.toFixed(2)}.`,
      "bad",
    );
}

function stored(patterns: readonly Pattern[], warning: string | undefined): void {
  setText(
    byId("hopfield-figure-stored"),
    `${patterns.length} (${(patterns.length / neurons).toFixed(3)} a neuron)`,
  );
  const shown = patterns.slice(0, 12);
  byId("hopfield-shelf").replaceChildren(
    ...shown.map((pattern, index) => {
      const name = shapes.find((shape) => shape.pattern === pattern)?.name ?? `pattern ${index + 1}`;
      const button = h(
        "button",
        { type: "button", title: name, "aria-label": `Put ${name} on the board` },
        thumbnail(pattern),
      );
      button.addEventListener("click", () => take(pattern));
      return h("li", {}, button);
    }),
  );
  const more = patterns.length - shown.length;
  setText(
    byId("hopfield-shelf-title"),
    `Stored shapes: press one to put it on the board${more > 0 ? ` (and ${more} more)` : ""}`,
  );
  if (warning) say(warning, "bad");
}

function take(pattern: Pattern): void {
  if (!demo) return;
  demo.touring = false;
  demo.stop();
  board.show(pattern);
  say("Press Spoil to turn some of its neurons over.");
}

/** Does what a button asks for; a refusal is said, and all stays as it was. */
function on(id: string, act: (demo: Demo) => Promise<void> | void): void {
  byId(`hopfield-${id}`).addEventListener("click", async () => {
    if (!demo) return;
    try {
      await act(demo);
      if (["spoil", "recall"].includes(id)) shared?.start();
    } catch (error) {
      say(messageOf(error), "bad");
    }
  });
}

on("spoil", (demo) => demo.spoil(board.pattern));
on("recall", (demo) => demo.recall(board.pattern));
on("store", (demo) => demo.store([board.pattern]));
on("more", (demo) => {
  const shapes = demo.missing.map(({ pattern }) => pattern);
  if (shapes.length > 0) return demo.store(shapes);
  say("All ten shapes are stored.");
});
on("random", (demo) => demo.storeRandom(40));
on("forget", (demo) => demo.forget());
on("wipe", (demo) => {
  demo.touring = false;
  demo.stop();
  board.show(new Float32Array(neurons).fill(-1));
});
noise.addEventListener("input", () => setText(byId("hopfield-noise-told"), `${noise.value}\u202f%`));

for (const [name, title] of Object.entries(storages) as [Storage, string][]) {
  const input = h("input", {
    type: "radio",
    name: "hopfield-storage",
    value: name,
    checked: name === storage,
  });
  input.addEventListener("change", async () => {
    try {
      await demo?.change(name);
      storage = name;
    } catch (error) {
      say(messageOf(error), "bad");
      for (const other of byId("hopfield-storages").querySelectorAll("input"))
        other.checked = other.value === storage;
    }
  });
  byId("hopfield-storages").append(h("label", { class: "check" }, input, title));
}

const ready = stage("hopfield", async (device, self) => {
  shared = self;
  const shown = { state: (values: ArrayLike<number>) => board.show(values), progress: show, stored };
  demo = await Demo.create(device, storage, shown, () => Number(noise.value) / 100);
  return demo;
});

expose("hopfield", {
  ready,
  get told() {
    return last && { ...last, stored: demo?.patterns.length ?? 0 };
  },
});
