/** Check of a projection: who is connected, by what weights and delays, and how they change. */
import { unknownName } from "../../gpu/name";
import { numbersOf } from "./draw";
import type { Connect, Draw, PlasticityModel, PopulationSpec, ProjectionSpec, SpikingNetwork } from "./model";
import { filled, find, mostDelay, nameOf } from "./spec";

/** @throws in one sentence for what is amiss with it */
export function checkProjection(projection: ProjectionSpec, { dt, populations }: SpikingNetwork): void {
  const where = `Projection "${nameOf(projection)}"`;
  const { connect, delay = 0, weight, storage, plasticity, release, port } = projection;
  const pre = find(populations, projection.pre);
  const post = find(populations, projection.post);
  if (!post.model.ports.includes(port))
    throw new Error(`${where}: ${unknownName("port", port, post.model.ports)}`);
  checkConnect(connect, pre, post, where);
  const listed = connect.kind === "list" ? connect.pre.length : undefined;
  checkDraw(weight, listed, `${where}: its weight`);
  checkDraw(delay, listed, `${where}: its delay`);
  for (const ms of delaysOf(delay))
    if (!(ms === 0 || (Math.round(ms / dt) >= 1 && Math.round(ms / dt) <= mostDelay)))
      throw new Error(
        `${where}: a delay must be 0 or from ${dt} to ${dt * mostDelay} ms (1 to ${mostDelay} steps of dt), but ${ms} ms was found; change the delay or dt.`,
      );
  if (storage === "procedural") {
    const distinctTotal = connect.kind === "fixed-total" && !connect.repeats;
    if (plasticity || connect.kind === "list" || connect.kind === "fixed-in-degree" || distinctTotal)
      throw new Error(
        `${where}: ${plasticity ? "plastic synapses" : `a ${connect.kind} connection${distinctTotal ? " without repeats" : ""}`} can't be procedural, since a synapse that isn't kept must follow from its pre neuron alone; leave storage out.`,
      );
  }
  if (plasticity) {
    const { model, params = {}, min, max, every } = plasticity;
    const all = filled(model.params, params, `${where} (${model.name})`);
    const amiss = model.check?.(all, dt);
    if (amiss) throw new Error(`${where}: ${amiss}`);
    if (!(min <= max && Number.isFinite(max - min)))
      throw new Error(
        `${where}: plastic weights need bounds, min ≤ max, but they are ${min} and ${max}; set plasticity.min and .max.`,
      );
    const [least, most] = rangeOf(weight);
    if (least < min || most > max)
      throw new Error(
        `${where}: its weights start from ${least} to ${most}, but plasticity keeps them from ${min} to ${max}; widen the bounds or clip the weights.`,
      );
    checkTraces(model, pre, post, where);
    if (model.events.includes("sweep") && !(every !== undefined && Math.round(every / dt) >= 1))
      throw new Error(
        `${where}: ${model.name} visits its synapses every so often; set plasticity.every to ${dt} ms or more.`,
      );
    if (release) throw new Error(`${where} can't be both plastic and releasing; leave one out.`);
  }
  if (release) {
    if (!(release.use > 0 && release.use <= 1))
      throw new Error(`${where}: release.use must be above 0 and at most 1, but is ${release.use}.`);
    positive(release.recovery, `${where}: release.recovery`);
    if (!(release.facilitation >= 0))
      throw new Error(`${where}: release.facilitation must be 0 or more, but is ${release.facilitation}.`);
  }
}

/** Traces name parameters; those that follow a variable need one, measured from one number; a rule's condition needs a trace. */
function checkTraces(model: PlasticityModel, pre: PopulationSpec, post: PopulationSpec, where: string): void {
  for (const [side, { name, model: neuron, params = {} }] of Object.entries({ pre, post }) as [
    "pre" | "post",
    PopulationSpec,
  ][])
    for (const trace of Object.values(model.traces[side])) {
      if (!("of" in trace)) continue;
      const variable = neuron.state[trace.of];
      if (!variable)
        throw new Error(
          `${where}: ${model.name} follows a state variable of "${name}" (${neuron.name}). ${unknownName("state variable", trace.of, Object.keys(neuron.state))}`,
        );
      if (variable.from && typeof (params[variable.from] ?? 0) !== "number")
        throw new Error(
          `${where}: ${model.name} follows ${trace.of}, so ${variable.from} must be one number for all of "${name}"; split the population.`,
        );
    }
  const all = [...Object.values(model.traces.pre), ...Object.values(model.traces.post)];
  const named = all.map((trace) => [trace.tau, ...("of" in trace ? Object.values(trace.spike ?? {}) : [])]);
  for (const name of [...named.flat(), model.when?.above])
    if (name !== undefined && !Object.hasOwn(model.params, name))
      throw new Error(
        `${where}: ${model.name} names a parameter that it doesn't declare. ${unknownName("parameter", name, Object.keys(model.params))}`,
      );
  if (model.when && !Object.hasOwn(model.traces.post, model.when.trace))
    throw new Error(
      `${where}: ${unknownName("post trace", model.when.trace, Object.keys(model.traces.post))}`,
    );
}

function checkDraw(draw: Draw, listed: number | undefined, what: string): void {
  if (typeof draw === "number") {
    if (!Number.isFinite(draw)) throw new Error(`${what} must be a finite number, but is ${draw}.`);
    return;
  }
  if (!("values" in draw)) return;
  if (listed === undefined)
    throw new Error(`${what} can be \`values\` only where the connection is a list; give a distribution.`);
  if (draw.values.length !== listed)
    throw new Error(`${what} must be ${listed} values, one a synapse, but ${draw.values.length} were given.`);
  for (let k = 0; k < listed; k++)
    if (!Number.isFinite(draw.values[k]))
      throw new Error(`${what} must be finite, but is ${draw.values[k]} at synapse ${k}.`);
}

/** The least and the most that a distribution can give. */
function rangeOf(draw: Draw): readonly [number, number] {
  if (typeof draw !== "number" && "values" in draw) {
    const values = Array.from(draw.values);
    return [
      values.reduce((a, b) => Math.min(a, b), Infinity),
      values.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
  }
  const { low, high } = numbersOf(draw);
  return [low, high];
}

/** The delays that a distribution is sure to reach, in ms: its bounds, or every value given. */
function delaysOf(delay: Draw): Iterable<number> {
  if (typeof delay === "number") return [delay];
  if ("values" in delay) return new Set(Array.from(delay.values));
  if ("uniform" in delay) return delay.uniform;
  return [];
}

function checkConnect(connect: Connect, pre: PopulationSpec, post: PopulationSpec, where: string): void {
  const same = pre.name === post.name;
  const fail = (what: string): never => {
    throw new Error(`${where}: ${what}`);
  };
  if (connect.kind === "one-to-one" && pre.size !== post.size)
    fail(`one-to-one needs populations of one size, but they have ${pre.size} and ${post.size} neurons.`);
  if (connect.kind === "fixed-probability" && !(connect.probability >= 0 && connect.probability <= 1))
    fail(`the probability must be from 0 to 1, but is ${connect.probability}.`);
  if (connect.kind === "distance" && !(connect.width > 0 && connect.peak >= 0 && connect.peak <= 1))
    fail(
      `a distance rule needs a peak from 0 to 1 and a width above 0, but has ${connect.peak} and ${connect.width}.`,
    );
  if (connect.kind === "list") {
    if (connect.pre.length !== connect.post.length)
      fail(`its list has ${connect.pre.length} pre but ${connect.post.length} post neurons.`);
    for (let k = 0; k < connect.pre.length; k++)
      if (
        !(
          connect.pre[k]! >= 0 &&
          connect.pre[k]! < pre.size &&
          connect.post[k]! >= 0 &&
          connect.post[k]! < post.size
        )
      )
        fail(
          `synapse ${k} runs from neuron ${connect.pre[k]} to ${connect.post[k]}, but the populations have ${pre.size} and ${post.size} neurons.`,
        );
  }
  if (
    connect.kind === "fixed-in-degree" ||
    connect.kind === "fixed-out-degree" ||
    connect.kind === "fixed-total"
  ) {
    const { kind, count, repeats, self } = connect;
    if (!(Number.isInteger(count) && count >= 0))
      fail(`the count must be a whole number from 0 on, but is ${count}.`);
    const less = same && !self ? 1 : 0;
    const most =
      kind === "fixed-in-degree"
        ? pre.size - less
        : kind === "fixed-out-degree"
          ? post.size - less
          : pre.size * (post.size - less);
    if (count > 0 && most === 0) fail("a neuron may not reach itself, and there is no other.");
    if (!repeats && count > most)
      fail(
        `${count} synapses without repeats were asked for, but there are only ${most} pairs; set repeats.`,
      );
    if (kind === "fixed-total" && !repeats && most >= 2 ** 32)
      fail(
        `a fixed total without repeats can choose from at most 2³² pairs, but there are ${most}; set repeats.`,
      );
  }
}

function positive(value: number, what: string): void {
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`${what} must be above 0, but is ${value}.`);
}
