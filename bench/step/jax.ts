/** jax-js: one jit around the loss, its gradient and the update; the weights stay on the device. */
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import type { Contestant } from "./contestant";
import { batch, rate } from "./problem";

type Layer = { weight: np.Array; bias: np.Array };
type Network = Layer[];

/** Arguments are consumed, as jax-js asks; `.ref` keeps one for a further use. */
function loss(network: Network, inputs: np.Array, target: np.Array): np.Array {
  let activity = inputs;
  network.forEach(({ weight, bias }, layer) => {
    const drive = np.dot(activity, weight).add(bias);
    activity = layer < network.length - 1 ? nn.relu(drive) : drive;
  });
  return nn
    .logSoftmax(activity)
    .mul(target)
    .sum()
    .mul(-1 / batch);
}

const step = jit((network: Network, inputs: np.Array, target: np.Array): [Network, np.Array] => {
  const [value, gradient] = valueAndGrad(loss)(tree.ref(network), inputs, target);
  const descend = (weight: np.Array, direction: np.Array) => weight.sub(direction.mul(rate));
  return [tree.map(descend, network, gradient as Network) as Network, value];
});

export const jax: Contestant = {
  name: "jax-js",
  driven: "one jit of valueAndGrad and the update, weights on the device",
  async open({ layers }, { weights, inputs, labels }) {
    if (!(await init("webgpu")).includes("webgpu")) throw new Error("jax-js found no WebGPU adapter.");
    defaultDevice("webgpu");
    let network: Network = weights.map((weight, layer) => ({
      weight: np.array(weight).reshape([layers[layer]!, layers[layer + 1]!]),
      bias: np.zeros([layers[layer + 1]!]),
    }));
    const given = np.array(inputs).reshape([batch, layers[0]!]);
    const target = nn.oneHot(np.array(Int32Array.from(labels)), layers.at(-1)!);
    return {
      async train(steps) {
        for (let done = 1; done < steps; done++) {
          const [next, value] = step(network, given.ref, target.ref);
          value.dispose();
          network = next;
        }
        const [next, value] = step(network, given.ref, target.ref);
        network = next;
        return (await value.data())[0]!;
      },
      close() {
        tree.dispose(network);
        given.dispose();
        target.dispose();
      },
    };
  },
};
