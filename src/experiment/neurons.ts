/** Neuron models and plasticity rules by name, found by glob: whatever a file of their folders exports and is one. */
import type { NeuronModel, PlasticityModel } from "../net/spiking/model";

type Module = Readonly<Record<string, unknown>>;

/** @param mark a member that only such a model has */
function named<Model extends { readonly name: string }>(
  modules: Readonly<Record<string, Module>>,
  mark: keyof Model,
): Readonly<Record<string, Model>> {
  const all = Object.values(modules).flatMap((module) => Object.values(module));
  const models = all.filter(
    (one): one is Model => typeof one === "object" && one !== null && "name" in one && mark in one,
  );
  return Object.fromEntries(models.map((model) => [model.name, model]));
}

/** Every neuron model, by its name, such as `lif-exp`. */
export const neuronModels = named<NeuronModel>(
  import.meta.glob<Module>("../neuron/*.ts", { eager: true }),
  "ports",
);

/** Every plasticity rule for spikes, by its name, such as `pair-stdp`. */
export const plasticityModels = named<PlasticityModel>(
  import.meta.glob<Module>("../plasticity/*.ts", { eager: true }),
  "traces",
);
