/** TensorFlow.js on WebGPU: its own SGD optimiser on variables, products with the bias fused in. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients"; // training needs them, inference does not
import "@tensorflow/tfjs-backend-webgpu";
import type { Contestant } from "./contestant";
import { batch, rate } from "./problem";

export const tensorflow: Contestant = {
  name: "TensorFlow.js",
  driven: "train.sgd().minimize on variables, matMul with fused bias, losses.softmaxCrossEntropy",
  async open({ layers }, { weights, inputs, labels }) {
    if (!(await tf.setBackend("webgpu")))
      throw new Error("TensorFlow.js could not start its WebGPU backend.");
    await tf.ready();
    const network = weights.map((weight, layer) => ({
      weight: tf.variable(tf.tensor2d(weight, [layers[layer]!, layers[layer + 1]!])) as tf.Tensor2D,
      bias: tf.variable(tf.zeros([layers[layer + 1]!])),
    }));
    const given = tf.tensor2d(inputs, [batch, layers[0]!]);
    const target = tf.cast(
      tf.oneHot(tf.tensor1d(Int32Array.from(labels), "int32"), layers.at(-1)!),
      "float32",
    );
    const sgd = tf.train.sgd(rate);
    const loss = () => {
      let activity: tf.Tensor = given;
      network.forEach(({ weight, bias }, layer) => {
        const drive = tf.fused.matMul({ a: activity, b: weight, bias });
        activity = layer < network.length - 1 ? tf.relu(drive) : drive;
      });
      return tf.losses.softmaxCrossEntropy(target, activity) as tf.Scalar;
    };
    return {
      async train(steps) {
        for (let done = 1; done < steps; done++) sgd.minimize(loss, false);
        const value = sgd.minimize(loss, true)!;
        const [last] = await value.data();
        value.dispose();
        return last!;
      },
      close() {
        for (const { weight, bias } of network) tf.dispose([weight, bias]);
        tf.dispose([given, target]);
        sgd.dispose();
      },
    };
  },
};
