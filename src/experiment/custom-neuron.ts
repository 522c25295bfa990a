/** Custom neurons: what a person has written in the language of src/expression as a model that spiking networks run. */
import { advanceWgsl, usedParams } from "../expression/neuron-wgsl";
import type { NeuronProgram } from "../expression/syntax";
import type { NeuronModel } from "../net/spiking/model";

/** Spikes that arrive at its one port, `input`, add to the input for one step; `current` is its constant part. */
export function customNeuron(program: NeuronProgram, name = "yours"): NeuronModel {
  const used = usedParams(program);
  return {
    name,
    about: "A neuron that somebody has written, stepped by the midpoint method.",
    source: "the workbench",
    params: {
      ...Object.fromEntries(
        program.params.map(({ name: of, value, min, max }) => [
          of,
          { default: value, unit: "", about: of, min, max },
        ]),
      ),
      current: { default: 0, unit: "", about: "constant input" },
    },
    state: Object.fromEntries(
      program.state.map(({ name: of, start }) => [of, { initial: start, unit: "", about: of }]),
    ),
    ports: ["input"],
    derive: (p, dt) => ({
      ...Object.fromEntries(used.map((of) => [of, p[of]!])),
      current: p.current!,
      dt,
    }),
    shader: { name: `${name}: fn advance`, text: advanceWgsl(program) },
  };
}
