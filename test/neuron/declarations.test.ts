/** What every neuron model in src/neuron says of itself, and the parameters that it refuses. */
import { describe, expect, it } from "vitest";
import { checkNetwork } from "../../src/net/spiking/check";
import type { NeuronModel, Values } from "../../src/net/spiking/model";
import { adex } from "../../src/neuron/adex";
import { diehlCook, diehlCookInhibitory } from "../../src/neuron/diehl-cook";
import { iafPscExp } from "../../src/neuron/iaf-psc-exp";
import { izhikevich } from "../../src/neuron/izhikevich";
import { lif } from "../../src/neuron/lif";
import { parametersOf } from "./course";

const files = import.meta.glob<Record<string, NeuronModel | Values>>("../../src/neuron/*.ts", {
  eager: true,
});
const models = Object.entries(files).flatMap(([path, exported]) =>
  Object.values(exported)
    .filter((one): one is NeuronModel => typeof one.derive === "function")
    .map((model) => [path.replace(/^.*\/(.*)\.ts$/, "$1"), model] as const),
);

it("finds one model in each file, named as the file is", () => {
  expect(models.map(([file]) => file)).toEqual(models.map(([, { name }]) => name));
  expect(models.length).toBe(Object.keys(files).length);
});

describe.each(models)("%s", (_, model) => {
  it("starts from parameters that it has, and derives finite numbers from its defaults, which it takes", () => {
    const own = Object.keys(model.params);
    for (const { initial, from } of Object.values(model.state))
      for (const name of [initial, from]) if (typeof name === "string") expect(own).toContain(name);
    for (const dt of [0.1, 1]) {
      expect(model.check?.(parametersOf(model), dt)).toBeUndefined();
      for (const value of Object.values(model.derive(parametersOf(model), dt)))
        expect(Number.isFinite(Math.fround(value))).toBe(true);
    }
  });
});

/** What is said of a network of one such neuron. */
const network = (model: NeuronModel, params: Values) => () =>
  checkNetwork({
    dt: 0.1,
    seed: 1,
    populations: [{ name: "cells", model, size: 1, params }],
    projections: [],
  });

describe("what is refused", () => {
  it.each([
    [lif, { reset: 20 }, "reset must lie below the threshold, but it is 20 mV and the threshold 20 mV"],
    [iafPscExp, { threshold: -70 }, "reset must lie below the threshold, but it is -65 mV"],
    [adex, { peak: -75 }, "reset must lie below the peak, but it is -70.6 mV and the peak -75 mV"],
    [izhikevich, { c: 31 }, "must lie below 30 mV, but it is 31"],
    [diehlCook, { reset: -50 }, "it is -50 mV and they are -52 mV"],
    [lif, { tau: 0 }, "tau must be a number from 0.001"],
    [iafPscExp, { capacitance: -250 }, "capacitance must be a number from 0.001"],
    [lif, { refractory: -1 }, "refractory must be a number from 0 "],
  ] as const)("%#: a bad parameter, with what was expected and found", (model, params, said) => {
    expect(network(model, params)).toThrow(said);
  });

  it("but not Diehl & Cook's inhibitory neurons", () => {
    expect(network(diehlCook, diehlCookInhibitory)).not.toThrow();
  });
});
