/** Hebb against Oja: the same cloud, the same start, one decay term apart. */
import "../../src/view/style/page.css";
import "./style.css";
import { Trainer } from "../../src/experiment/trainer";
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { count, degrees, rough } from "../../src/view/format";
import { lookOf, onColoursChange } from "../../src/view/palette";
import { stage } from "../../src/view/stage";
import { type Cloud, drawCloud, paintCloud } from "./cloud";

const rules = ["hebb", "oja"] as const;
const titles = { hebb: "Hebb", oja: "Oja" } as const;
const points = 200;
const rate = 0.05;
const stepsAtOnce = 2;
/** Here the story is told. */
const farAway = 1e6;

interface Told {
  readonly steps: number;
  readonly norms: Readonly<Record<(typeof rules)[number], number>>;
  readonly angles: Readonly<Record<(typeof rules)[number], number>>;
}

const canvas = byId("hebb-cloud") as HTMLCanvasElement;
const facts = new Facts(byId("hebb-figures"));
const chart = new LineChart(byId("hebb-norms"), {
  x: "steps",
  y: "length of w",
  format: rough,
  tick: (value) =>
    value < 1 ? String(value) : `10${["⁰", "¹", "²", "³", "⁴", "⁵", "⁶"][Math.round(Math.log10(value))]}`,
  log: true,
  marks: () => [0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6],
});

let seed = 0;
let cloud: Cloud = drawCloud(points, 1);
let weights: Record<string, [number, number]> = {};
let told: Told | undefined;

const redraw = () =>
  paintCloud(
    canvas,
    cloud,
    rules.flatMap((rule) => {
      const weight = weights[rule];
      return weight ? [{ label: titles[rule], weight, ...lookOf(rule) }] : [];
    }),
  );
onColoursChange(redraw);
new ResizeObserver(redraw).observe(canvas);

/** From the axis, either way along it, in degrees. */
function angleTo([x, y]: readonly [number, number], axis: Cloud["axis"]): number {
  const cosine = Math.abs(x * axis[0] + y * axis[1]) / Math.hypot(x, y);
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI;
}

const ready = stage("hebb", async (device, shared) => {
  cloud = drawCloud(points, ++seed);
  const options = { layers: [2, 1, 2], batch: points, optimizer: "sgd", values: { rate } };
  const trainers = await Promise.all(rules.map((rule) => Trainer.create(device, { ...options, rule })));
  // A short arrow, nearly across the axis, so that one sees both turn.
  const [x, y] = [0.3 * cloud.axis[0] - 0.95 * cloud.axis[1], 0.3 * cloud.axis[1] + 0.95 * cloud.axis[0]];
  const start: [number, number] = [0.4 * x, 0.4 * y];
  for (const trainer of trainers) trainer.write("input-hidden/weight", Float32Array.of(...start, 0));
  weights = { hebb: start, oja: start };
  const history: Record<string, number[]> = { hebb: [0.4], oja: [0.4] };
  const steps = [0];
  redraw();
  return {
    still: 90,
    async turn() {
      const labels = new Uint32Array(points);
      await Promise.all(
        trainers.map(async (trainer, index) => {
          const rule = rules[index]!;
          if (trainer.steps === 0) await trainer.step(cloud.points, labels);
          else await trainer.advance(stepsAtOnce);
          const [own, norm] = await Promise.all([
            trainer.read("input-hidden/weight"),
            trainer.read("hidden/norm"),
          ]);
          weights[rule] = [own[0]!, own[1]!];
          history[rule]!.push(norm[0]!);
        }),
      );
      steps.push(trainers[0]!.steps);
      const of = <T>(value: (rule: (typeof rules)[number]) => T) => ({
        hebb: value("hebb"),
        oja: value("oja"),
      });
      told = {
        steps: trainers[0]!.steps,
        norms: of((rule) => history[rule]!.at(-1)!),
        angles: of((rule) => angleTo(weights[rule]!, cloud.axis)),
      };
      redraw();
      chart.draw(
        steps,
        rules.map((rule) => ({ key: rule, label: titles[rule], ...lookOf(rule), values: history[rule]! })),
        [0.1, 2 * farAway],
      );
      facts.show({
        Steps: count(told.steps),
        "Hebb: length, angle": `${rough(told.norms.hebb)}, ${degrees(told.angles.hebb)}`,
        "Oja: length, angle": `${rough(told.norms.oja)}, ${degrees(told.angles.oja)}`,
      });
      if (told.norms.hebb < farAway) return true;
      shared.say(
        `Hebb’s weights are ${rough(told.norms.hebb)} long and would grow for ever; Oja’s rest at ${told.norms.oja.toFixed(3)}.`,
        "good",
      );
      return false;
    },
    destroy: () => {
      for (const trainer of trainers) trainer.destroy();
    },
  };
});

expose("hebb", {
  ready,
  get told() {
    return told;
  },
});
