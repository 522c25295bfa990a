import { backward, forward } from "../net/backward";
import { defineRule } from "../net/rule";

/** Backpropagation: errors return through the very weights that carried the activity (Rumelhart, Hinton & Williams 1986). */
export const backprop = defineRule({
  name: "backprop",
  title: "Backpropagation",
  summary: "Errors return through the very weights that carried the activity.",
  source: "Rumelhart, Hinton & Williams 1986, eq. 3–7",
  params: {},
  fields: {},
  schedule(step) {
    forward(step);
    backward(step, ({ weight }) => weight);
  },
});
