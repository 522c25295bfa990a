/**
 * Schedule of one time step, as the audit and the timeline read it: what each population and each projection does, whatever
 * dispatches it is lowered to (`kernels.ts`). A spike that is under way is a value of the projection's own, `arriving`.
 */
import type { Field, Role, Site } from "../../gpu/field";
import type { Read, ReadIndex, Schedule, ScheduleRecord, Verb } from "../../gpu/schedule";
import { takesPost } from "./forms";
import type { PopulationSpec, ProjectionSpec, SpikingNetwork } from "./model";
import { nameOf } from "./spec";

const field = (name: string, site: Site, home: string, size: number, role?: Role): Field => ({
  name,
  site,
  home,
  shape: [1, size],
  type: "f32",
  ...(role && { role }),
});

const reading = (index: ReadIndex, ...fields: readonly Field[]): Read[] =>
  fields.map((one) => ({ field: one, index }));
const own = (...fields: readonly Field[]) => reading("own", ...fields);

/** A population that hears nobody: what it says is the network's input. */
const isSource = ({ model }: PopulationSpec) => model.ports.length === 0;

/** The fields of a population. */
function fieldsOf(population: PopulationSpec) {
  const { name, size, model, background = [] } = population;
  const at = (what: string, role?: Role) => field(`${name}/${what}`, "neuron", name, size, role);
  return {
    spikes: at("spikes", isSource(population) ? "input" : undefined),
    state: Object.keys(model.state).map((variable) => at(variable)),
    background: background.map(({ port }) => at(`background-${port}`, "input")),
  };
}

function record(
  verb: Verb,
  kernel: string,
  layer: number,
  phase: string,
  writes: readonly (readonly [Field, readonly Read[]])[],
): ScheduleRecord {
  const fields = writes.flatMap(([written, from]) => [written, ...from.map((read) => read.field)]);
  return {
    verb,
    kernel: `spiking/${kernel}`,
    bind: Object.fromEntries(fields.map((one) => [one.name, one])),
    writes: writes.map(([written, from]) => ({ field: written, from })),
    layer,
    phase,
  };
}

/**
 * Writes one step of a network. Layers are the populations in the order in which the network names them, sources before all
 * others being 0.
 */
export function spikingSchedule(network: SpikingNetwork): Schedule {
  const { populations, projections, dopamine } = network;
  const layers = new Map<string, number>();
  for (const population of populations)
    layers.set(population.name, isSource(population) ? 0 : 1 + [...layers.values()].filter(Boolean).length);
  const layerOf = (name: string) => layers.get(name)!;
  const sizeOf = (name: string) => populations.find((one) => one.name === name)!.size;
  const byName = new Map(populations.map((population) => [population.name, fieldsOf(population)]));
  const steps: ScheduleRecord[] = [];

  const synapse = (spec: ProjectionSpec, what: string) =>
    field(`${nameOf(spec)}/${what}`, "synapse", nameOf(spec), sizeOf(spec.pre) * sizeOf(spec.post));
  const arriving = (spec: ProjectionSpec) =>
    field(`${spec.post}/${nameOf(spec)}`, "neuron", spec.post, sizeOf(spec.post));
  const weightOf = (spec: ProjectionSpec) => synapse(spec, "weight");
  const deliver = (spec: ProjectionSpec) =>
    record("project", "deliver", layerOf(spec.post), "deliver", [
      [arriving(spec), own(byName.get(spec.pre)!.spikes, weightOf(spec), ...releaseOf(spec))],
    ]);
  const releaseOf = (spec: ProjectionSpec) =>
    spec.release ? [field(`${spec.pre}/${nameOf(spec)}/release`, "neuron", spec.pre, sizeOf(spec.pre))] : [];

  // What set off in earlier steps is there when this one begins.
  for (const spec of projections) if (!spec.plasticity) steps.push(deliver(spec));
  for (const population of populations) {
    if (isSource(population)) continue;
    const { spikes, state, background } = byName.get(population.name)!;
    const heard = projections.filter(({ post }) => post === population.name).map(arriving);
    const from = own(...state, ...heard, ...background);
    const written = [...state, spikes].map((one) => [one, from] as const);
    steps.push(record("local", "advance", layerOf(population.name), "advance", written));
  }
  for (const spec of projections)
    for (const release of releaseOf(spec))
      steps.push(
        record("local", "release", layerOf(spec.pre), "advance", [
          [release, own(release, byName.get(spec.pre)!.spikes)],
        ]),
      );

  const plastic = projections.filter(({ plasticity }) => plasticity);
  const tracesOf = (spec: ProjectionSpec, side: "pre" | "post") =>
    Object.keys(spec.plasticity!.model.traces[side]).map((name) =>
      field(`${spec[side]}/${nameOf(spec)}/${side}-${name}`, "neuron", spec[side], sizeOf(spec[side])),
    );
  for (const spec of plastic)
    for (const side of ["pre", "post"] as const)
      for (const trace of tracesOf(spec, side)) {
        const { spikes, state } = byName.get(spec[side])!;
        const filtered = Object.values(spec.plasticity!.model.traces[side]).some((one) => "of" in one);
        // A trace stands where it is read: at the synapse, which is its post neuron's.
        steps.push(
          record("local", "trace", layerOf(spec.post), "trace", [
            [trace, own(trace, spikes, ...(filtered ? state : []))],
          ]),
        );
      }
  const level = field("dopamine", "global", "", 1);
  if (dopamine) {
    const { released, reward } = dopamine;
    const told = reward ? own(field("reward", "global", "", 1, "target")) : [];
    const spread = released ? reading("layer", byName.get(released.population)!.spikes) : [];
    const layer = Math.max(0, ...layers.values());
    steps.push(record("pool", "dopamine", layer, "dopamine", [[level, [...own(level), ...spread, ...told]]]));
  }
  for (const spec of plastic) {
    const { model } = spec.plasticity!;
    const weight = weightOf(spec);
    const state = Object.keys(model.state ?? {}).map((name) => synapse(spec, name));
    const [pre, post] = [byName.get(spec.pre)!.spikes, byName.get(spec.post)!.spikes];
    const traces = [...tracesOf(spec, "pre"), ...tracesOf(spec, "post")];
    const layer = layerOf(spec.post);
    const change = (event: string, from: readonly Field[]) =>
      steps.push(
        record(
          "correlate",
          event,
          layer,
          event,
          [weight, ...state].map((one) => [one, own(weight, ...state, ...from)] as const),
        ),
      );
    steps.push(deliver(spec));
    if (model.events.includes("arrive")) change("arrive", [pre, ...traces]);
    if (model.events.includes("fire")) change("fire", [post, ...traces]);
    if (model.events.includes("sweep"))
      change("sweep", [
        ...(dopamine ? [level] : []),
        ...(takesPost(model.shader) ? tracesOf(spec, "post") : []),
      ]);
  }
  return steps;
}
