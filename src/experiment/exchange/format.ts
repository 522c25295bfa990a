/**
 * What the JSON of a network file may hold: a graph of nodes and edges as in the Neuromorphic Intermediate Representation,
 * with NIR's own nodes and parameter names where NIR has them, and nodes prefixed `engram:` where it has none.
 * docs/exchange.md tells it to people.
 */
import * as v from "valibot";

export const format = "engram-network-1";

const number = v.pipe(v.number("expected a number"), v.finite("expected a finite number"));
const natural = v.pipe(number, v.integer("expected a whole number"), v.minValue(0, "expected 0 or more"));
const u32 = v.pipe(natural, v.maxValue(0xffffffff, "expected a number below 2^32"));
const positive = v.pipe(
  number,
  v.check((value) => value > 0, "expected more than 0"),
);
const text = v.string("expected a string");
const tensor = v.strictObject({ tensor: text }, "expected {tensor: name}");
const told = v.union(
  [number, v.array(number), tensor],
  "expected a number, a list of numbers or {tensor: name}",
);
const columns = v.record(text, told, "expected a table of numbers");
const values = v.record(text, number, "expected a table of numbers");
const shape = v.pipe(
  v.array(v.pipe(u32, v.minValue(1, "expected 1 or more")), "expected a shape"),
  v.minLength(1, "expected a shape"),
);

/** What NIR's own nodes don't say: NIR keeps a table of that name with every node. */
const metadata = v.optional(
  v.looseObject({
    /** Where state variables start, by name. */
    initial: v.optional(columns),
    /** [size, 2], row-major, in a unit square. */
    positions: v.optional(told),
    /** Neuron i fires at ms[offsets[i]] … ms[offsets[i + 1] − 1]. */
    times: v.optional(v.strictObject({ offsets: tensor, ms: told })),
    /** Where weights without a port of their own arrive. */
    port: v.optional(text),
  }),
  {},
);

/** A model of Engram's: its name, what it is and where from, and its parameters with their units. */
const model = {
  model: text,
  about: v.optional(text),
  source: v.optional(text),
  units: v.optional(v.record(text, text)),
};

const voltages = { r: told, v_leak: told, v_threshold: told, v_reset: told };

const nodes = [
  v.strictObject({ type: v.literal("Input"), shape, metadata }),
  v.strictObject({ type: v.literal("Output"), shape: v.optional(shape), metadata }),
  v.strictObject({ type: v.literal("LIF"), shape: v.optional(shape), tau: told, ...voltages, metadata }),
  v.strictObject({
    type: v.literal("CubaLIF"),
    shape: v.optional(shape),
    tau_mem: told,
    tau_syn: told,
    w_in: told,
    ...voltages,
    metadata,
  }),
  v.strictObject({ type: v.literal("engram:Neurons"), shape, ...model, params: columns, metadata }),
  v.strictObject({ type: v.literal("Linear"), weight: tensor, metadata }),
  v.strictObject({ type: v.literal("Affine"), weight: tensor, bias: told, metadata }),
  v.strictObject({ type: v.literal("Delay"), delay: told, metadata }),
  v.strictObject({
    type: v.literal("engram:Synapses"),
    port: text,
    pre: tensor,
    post: tensor,
    weight: tensor,
    /** In steps of dt. */
    delay: tensor,
    plasticity: v.optional(
      v.strictObject({ ...model, params: values, min: number, max: number, every: v.optional(positive) }),
    ),
    release: v.optional(
      v.strictObject({
        use: v.pipe(number, v.minValue(0, "expected 0 to 1"), v.maxValue(1, "expected 0 to 1")),
        recovery: v.pipe(number, v.minValue(0, "expected 0 or more")),
        facilitation: v.pipe(number, v.minValue(0, "expected 0 or more")),
      }),
    ),
  }),
  v.strictObject({
    type: v.literal("engram:Background"),
    port: text,
    count: natural,
    rate: v.pipe(number, v.minValue(0, "expected 0 or more")),
    weight: number,
  }),
] as const;

export const nodeTypes = nodes.map(({ entries }) => entries.type.literal);

/** One node; the types are told apart by the caller's own sentence. */
export const nodeSchema = v.variant("type", nodes);

const place = v.strictObject({ population: text, neuron: natural });

/** The scalar that all synapses hear, as in src/net/spiking/model.ts. */
const dopamine = v.strictObject({
  tau: positive,
  released: v.optional(v.strictObject({ population: text, amount: number })),
  reward: v.optional(
    v.strictObject({
      pre: place,
      post: place,
      within: number,
      amount: number,
      delay: v.tuple([number, number], "expected two numbers"),
    }),
  ),
});

/** All but the nodes, which are checked one by one. */
export const graphSchema = v.strictObject({
  format: v.literal(format, `expected "${format}"`),
  type: v.literal("NIRGraph", 'expected "NIRGraph"'),
  /** ms. */
  dt: positive,
  seed: u32,
  dopamine: v.optional(dopamine),
  nodes: v.custom<Record<string, unknown>>(
    (input) => typeof input === "object" && input !== null && !Array.isArray(input),
    "expected a table of nodes",
  ),
  edges: v.array(v.tuple([text, text], "expected two names"), "expected a list of edges"),
});

export type Node = v.InferOutput<typeof nodeSchema>;
export type NodeOf<Type extends Node["type"]> = Extract<Node, { type: Type }>;
export type Metadata = NodeOf<"Input">["metadata"];
export type Graph = v.InferOutput<typeof graphSchema>;
