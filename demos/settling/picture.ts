/** The picture of both settlings: four charts, and the numbers before and after. */
import { byId } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { lookOf } from "../../src/view/palette";
import { Courses } from "./courses";
import type { Settling } from "./settler";
import { small } from "./small";

export class Picture {
  private readonly charts;
  private readonly facts = {
    predictive: new Facts(byId("settling-predictive-figures")),
    equilibrium: new Facts(byId("settling-equilibrium-figures")),
  };

  /** @param free steps of the free phase, after which the nudge comes */
  constructor(private readonly free: number) {
    const { colour: green } = lookOf("predictive-coding");
    const { colour: orange } = lookOf("equilibrium-propagation");
    const nudge = { at: free, text: "nudge" };
    this.charts = {
      energy: new Courses("predictive-energy", {
        colour: green,
        y: "energy E",
        range: [0.2, 3],
        floor: 1e-3,
      }),
      layers: new Courses("predictive-layers", {
        colour: green,
        x: "inference steps",
        y: "energy by layer",
        range: [1e-4, 3],
        floor: 1e-4,
      }),
      above: new Courses("equilibrium-energy", {
        colour: orange,
        y: "E above free rest",
        range: [1e-4, 3],
        floor: 1e-4,
        mark: nudge,
      }),
      distance: new Courses("equilibrium-distance", {
        colour: orange,
        x: "settling steps",
        y: "distance to rest",
        range: [1e-5, 0.1],
        floor: 1e-5,
        mark: nudge,
      }),
    };
  }

  /** Forgets earlier batches, and shows bare axes. @param inference steps of predictive coding @param nudged of the nudged phase */
  clear(inference: number, nudged: number): void {
    const { energy, layers, above, distance } = this.charts;
    for (const chart of [energy, layers]) chart.clear(inference + 1);
    for (const chart of [above, distance]) chart.clear(this.free + nudged);
  }

  /** @param shown how much of the settling has been drawn, from 0 to 1 */
  draw(predictive: Settling, equilibrium: Settling, shown: number): void {
    const { energy, layers, above, distance } = this.charts;
    energy.draw({ "this batch": predictive.energy.total }, shown);
    const [one = [], two = [], output = []] = predictive.energy.layers;
    layers.draw({ output, "hidden layer 2": two, "hidden layer 1": one }, shown);
    above.draw({ "this batch": this.aboveRest(equilibrium) }, shown);
    const [inner = [], outer = []] = equilibrium.distance.layers;
    distance.draw({ "hidden neurons": inner, outputs: outer }, shown);
  }

  /** Tells the numbers of a settling that has been drawn whole, and keeps its energies for the trail. */
  finish(batch: number, predictive: Settling, equilibrium: Settling): void {
    this.charts.energy.keep(batch, predictive.energy.total);
    this.charts.above.keep(batch, this.aboveRest(equilibrium));
    const told = (course: readonly number[], ...at: readonly number[]) =>
      at.map((step) => small(course.at(step)!)).join(" → ");
    const signed = (step: number) => equilibrium.energy.total.at(step)!.toFixed(3).replace("-", "\u2212");
    this.facts.predictive.show({
      "Energy, at first → settled": told(predictive.energy.total, 0, -1),
      "Distance to rest": told(predictive.distance.total, 0, -1),
    });
    this.facts.equilibrium.show({
      "Energy, free → nudged": [this.free, -1].map(signed).join(" → "),
      "Distance to rest, free": told(equilibrium.distance.total, 0, this.free - 1),
      "Distance to rest, nudged": told(equilibrium.distance.total, this.free, -1),
    });
  }

  /** The nudged copy begins at free rest: its first state is where the free phase has come to. */
  private aboveRest({ energy: { total } }: Settling): number[] {
    return total.map((one) => one - total[this.free]!);
  }
}
