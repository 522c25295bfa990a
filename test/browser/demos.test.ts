/**
 * The demos of networks that learn by rates or settle, each on its own page in a real Chrome: it starts by itself, moves its own
 * measured number in the right direction, and does what its controls say. The tests share one Chrome.
 */
import { it, vi } from "vitest";
import { dopamine } from "./demos/dopamine";
import { encoder } from "./demos/encoder";
import { fields } from "./demos/fields";
import { goodness } from "./demos/goodness";
import { hebb } from "./demos/hebb";
import { hopfield } from "./demos/hopfield";
import { perceptron } from "./demos/perceptron";
import { settling } from "./demos/settling";
import { sharks } from "./demos/sharks";
import { sharedChrome } from "./shared";

vi.setConfig({ testTimeout: 400_000 }); // on a busy machine; on an idle one each takes seconds

const visit = sharedChrome();

it("dopamine moves from the reward to the cue, and dips where a reward is left out", () => dopamine(visit));
it("the encoder finds eight codes, and starts anew on Reset", () => encoder(visit));
it("fields emerge, their readout improves, and Pause holds them", () => fields(visit));
it("forward-forward parts true from false, and is held, stepped and begun anew by keys", () =>
  goodness(visit));
it("Hebb's weights run away, Oja's come to 1, and both to the cloud's axis", () => hebb(visit));
it("Hopfield's network recalls spoilt and drawn shapes, fails when too much is stored, and does not in the modern form", () =>
  hopfield(visit));
it("the perceptron stops within Novikoff's bound, and never where a point is on the wrong side", () =>
  perceptron(visit));
it("both settlings fall in energy, learn, heed what is chosen and are worked by keys", () => settling(visit));
it("the Jets and Sharks recall Art, answer properties, do without what is cut and obey the keyboard", () =>
  sharks(visit));
