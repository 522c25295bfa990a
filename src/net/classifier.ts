/** A linear classifier of a hidden layer's own: what local losses are made of (Nøkland & Eidnes 2019; Mostafa et al. 2018). */
import type { Field } from "../gpu/field";
import type { Builder } from "./builder";
import { neuronField, type Population } from "./population";
import { type Projection, projection } from "./projection";

/**
 * The layer says the class by itself: its activity through weights of its own to a population like the output, compared
 * with the target. Both belong to the layer, and their records bear its number.
 * @returns the projection to the classifier, and the classifier's error [batch, classes]
 */
export function classifierOf(
  step: Builder,
  hidden: Population,
): { readonly classifier: Projection; readonly error: Field } {
  const { batch, prefix, populations, output: kind } = step.net;
  const { size, activation } = populations.at(-1)!;
  const name = `classes${hidden.layer}`;
  const field = (what: string, columns = size) => neuronField(name, what, batch, columns, prefix);
  const classes: Population = {
    name,
    layer: hidden.layer,
    size,
    batch,
    activation,
    activity: field("activity"),
    error: field("error"),
  };
  const classifier = projection(hidden, classes);
  step.project(classifier, { to: kind === "softmax" ? step.drive(classes) : classes.activity });
  return { classifier, error: step.readout(classes, field("score", 2)) };
}
