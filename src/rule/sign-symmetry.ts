import { backward, forward } from "../net/backward";
import { initialBound } from "../net/projection";
import { defineRule, perSynapse, zero } from "../net/rule";

/** Sign-symmetry: errors return through the signs of the forward weights (Liao, Leibo & Poggio 2016, uniform sign-concordant feedback). */
export const signSymmetry = defineRule({
  name: "sign-symmetry",
  title: "Sign-symmetry",
  summary: "Errors return through the signs of the forward weights, all of one size.",
  source: "Liao, Leibo & Poggio 2016; Moskovitz et al. 2018",
  params: {},
  fields: { feedback: perSynapse(zero) },
  schedule(step, { feedback }) {
    forward(step);
    step.inPhase("feedback");
    for (const projection of step.net.projections.slice(1)) {
      const { pre, post, weight, layer } = projection;
      const meanSize = initialBound(pre.size, post.size, post.activation) / 2; // of a fresh weight
      step.sign(weight, feedback(projection), meanSize, layer);
    }
    backward(step, feedback);
  },
});
