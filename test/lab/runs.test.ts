/** The lab's plain parts: titles that tell runs apart, sizes that come to their weights, races that keep abreast, time left, CSV. */
import { describe, expect, it } from "vitest";
import { Abreast } from "../../demos/lab/abreast";
import { metricsCsv } from "../../demos/lab/metrics";
import { freshSpec, hiddenFor, layersOf, tidied, weightsOf } from "../../demos/lab/spec";
import { TimeLeft } from "../../demos/lab/time-left";
import { titlesOf } from "../../demos/lab/titles";
import { planTraining } from "../../src/experiment/plan";
import { rules } from "../../src/experiment/rules";
import { elementCount } from "../../src/gpu/field";
import { network } from "../../src/net/network";
import { History } from "../../src/view/history";
import { looksOf } from "../../src/view/palette";

const backprop = freshSpec("backprop", true);

it("calls runs by their rule, and by what sets them apart", () => {
  const other = freshSpec("oja", true);
  expect(titlesOf([backprop, other])).toEqual(["Backpropagation", "Oja's rule"]);
  expect(titlesOf([backprop, { ...backprop, values: { rate: 0.1 } }, other])).toEqual([
    "Backpropagation, rate 0.03",
    "Backpropagation, rate 0.1",
    "Oja's rule",
  ]);
  expect(titlesOf([{ ...backprop, hidden: [] }, backprop])[0]).toBe("Backpropagation, no hidden layer");
  const same = titlesOf([backprop, backprop, backprop]);
  expect(new Set(same).size).toBe(3);
});

it("draws no two of twelve runs alike while a family’s dashes last", () => {
  const looks = looksOf([
    "backprop",
    "backprop",
    "backprop",
    "feedback-alignment",
    "feedback-alignment",
    "oja",
  ]);
  expect(new Set(looks.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(6);
  expect(looks[0]).toMatchObject({ colour: "--ink", dash: [] });
});

describe("a fresh run of each rule can be made as it stands", () => {
  it.each(rules.map(({ name }) => name))("%s", (rule) => {
    for (const software of [true, false]) {
      const spec = freshSpec(rule, software);
      const { activation, output, optimizer, batch, values, options } = spec;
      const layers = layersOf(spec, { inputs: 784, classes: 10 });
      planTraining({ rule, layers, activation, output, optimizer, batch, values, options, metrics: false });
      expect(tidied(spec)).toEqual(spec);
    }
  });
});

it("counts the weights that the engine has, and finds sizes for a number of them", () => {
  const fitting = { inputs: 784, classes: 10 };
  const layers = layersOf({ ...backprop, hidden: [37, 20] }, fitting);
  const counted = network({ layers }).projections.reduce((sum, { weight }) => sum + elementCount(weight), 0);
  expect(weightsOf(layers)).toBe(counted);
  for (const weights of [1e5, 1e6, 1e7, 1e8]) {
    const found = weightsOf(layersOf({ ...backprop, hidden: hiddenFor(weights, fitting) }, fitting));
    expect(Math.abs(found / weights - 1)).toBeLessThan(0.01);
  }
});

it("lets no race run far ahead, and holds nobody for one that has left", async () => {
  const abreast = new Abreast();
  const [fast, slow] = [{}, {}];
  const log: string[] = [];
  abreast.enter(fast, 0);
  abreast.enter(slow, 0);
  await abreast.wait(fast, 1024);
  const far = abreast.wait(fast, 2000).then(() => log.push("fast goes on"));
  await Promise.resolve();
  log.push("slow steps");
  await abreast.wait(slow, 1000);
  await far;
  expect(log).toEqual(["slow steps", "fast goes on"]);
  const again = abreast.wait(fast, 9000);
  abreast.leave(slow);
  await again;
  abreast.enter(slow, 0);
  const paused = abreast.wait(fast, 9999);
  abreast.free = true;
  await paused;
});

it("tells the time left from what the samples took, whatever came in bursts", () => {
  const timeLeft = new TimeLeft();
  let now = 0;
  let samples = 0;
  timeLeft.stepped(samples, now);
  for (let burst = 0; burst < 20; burst++) {
    now += 2000;
    // Twice 100 samples, told at once after two seconds.
    for (let chunk = 0; chunk < 2; chunk++) {
      samples += 100;
      timeLeft.stepped(samples, now + chunk);
    }
  }
  expect(timeLeft.left(samples, samples + 6000)!.seconds).toBeCloseTo(60, 0);
  timeLeft.pause();
  now += 1e6; // a pause is no step's time
  timeLeft.stepped(samples, now);
  timeLeft.stepped(samples + 200, now + 2000);
  expect(timeLeft.left(samples, samples + 6000)!.seconds).toBeCloseTo(60, 0);
  timeLeft.restart();
  expect(timeLeft.left(samples, samples + 6000)).toBeUndefined();
});

it("writes metrics that a spreadsheet reads", () => {
  const history = new History(1);
  history.addStep("1/1", 10, { loss: 2, accuracy: 0.25 });
  history.addTest("1/1", 512, { loss: 1, accuracy: 0.5 });
  const dataset = { train: { count: 1024 } } as Parameters<typeof metricsCsv>[2];
  const csv = metricsCsv([{ title: 'a "b", c', spec: backprop, seed: 1, key: "1/1" }], history, dataset);
  expect(csv).toBe(
    [
      "run,rule,seed,samples,epochs,split,loss,accuracy",
      '"a ""b"", c",backprop,1,512,0.5,train,2,0.25',
      '"a ""b"", c",backprop,1,512,0.5,test,1,0.5',
      "",
    ].join("\r\n"),
  );
});
