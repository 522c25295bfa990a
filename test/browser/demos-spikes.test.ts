/**
 * The demos of networks that spike, each on its own page in a real Chrome: it starts by itself, moves its own measured number in
 * the right direction, and does what its controls say. The tests share one Chrome.
 */
import { it, vi } from "vitest";
import { digits } from "./demos/digits";
import { reward } from "./demos/reward";
import { stdp } from "./demos/stdp";
import { time } from "./demos/time";
import { sharedChrome } from "./shared";

vi.setConfig({ testTimeout: 400_000 }); // on a busy machine; on an idle one each takes seconds

const visit = sharedChrome();

it("Diehl & Cook's fields sharpen, start anew with other neurons, and strange files are refused", () =>
  digits(visit));
it("late reward strengthens the paired synapse, by hand or by itself, as the sliders say", () =>
  reward(visit));
it("STDP's window lies on the formula at any lag, rule, train and weight", () => stdp(visit));
it("learning in time falls in errors by e-prop and through time, and shows trials as the GPU scores them", () =>
  time(visit));
