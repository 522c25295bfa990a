/** A step's directions under local errors, in float64 (Nøkland & Eidnes 2019, prediction loss). */
import { correlate, type Numbers, project, transport } from "./dense";
import { crossEntropy } from "./readout";

export interface LocalNet {
  readonly layers: readonly number[];
  readonly batch: number;
  readonly weights: readonly Numbers[];
  /** Each hidden layer's own classifier, [size + 1, classes], and what its error returns through. */
  readonly classifiers: readonly Numbers[];
  readonly feedback: readonly Numbers[];
}

/** The directions of the weights and of the classifiers. */
export function localDirections(net: LocalNet, images: Numbers, labels: Numbers) {
  const { layers, batch, weights } = net;
  const classes = layers.at(-1)!;
  let below: Numbers = images;
  const found: Float64Array[] = [];
  const own: Float64Array[] = [];
  weights.forEach((weight, l) => {
    const shape = { batch, pre: layers[l]!, post: layers[l + 1]! };
    const hidden = l < weights.length - 1;
    const activity = project(below, weight, shape, hidden ? "relu" : "identity");
    if (hidden) {
      const out = { batch, pre: shape.post, post: classes };
      const said = project(activity, net.classifiers[l]!, out, "identity");
      const { error } = crossEntropy(said, labels, classes);
      const back = transport(error, net.feedback[l]!, activity, out, "relu");
      own.push(correlate(activity, error, out));
      found.push(correlate(below, back, shape));
    } else found.push(correlate(below, crossEntropy(activity, labels, classes).error, shape));
    below = activity;
  });
  return { found, own };
}
