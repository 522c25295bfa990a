/** The course of every weight and of the loss, over the samples learned from; drawn for the synapse that is followed. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import { LineChart } from "../../src/view/chart";
import { byId } from "../../src/view/dom";
import { signed } from "../../src/view/format";
import { lookOf } from "../../src/view/palette";
import { roundMarks } from "../../src/view/round-marks";
import type { Standing } from "./learner";
import { synapseName, weightAt } from "./synapse";

const mostPoints = 500;

export class Curves {
  private readonly value = new LineChart(byId("followed-value"), {
    y: "weight w",
    format: signed,
    tick: (value) => String(Number(value.toPrecision(3))).replace("-", "\u2212"),
    marks: roundMarks,
  });
  private readonly loss = new LineChart(byId("followed-loss"), {
    x: "samples learned from",
    y: "loss (nats)",
    format: (value) => value.toFixed(3),
    tick: (value) => value.toFixed(1),
    marks: roundMarks,
  });
  private course: Standing[] = [];

  /** @returns what has been kept of the course */
  get points(): readonly Standing[] {
    return this.course;
  }

  clear(): void {
    this.course = [];
  }

  /** Takes where the network stands. Of too long a course every second point goes. */
  add(standing: Standing): void {
    if (this.course.length >= mostPoints) this.course = this.course.filter((_, index) => index % 2 === 0);
    this.course.push(standing);
  }

  draw(place: SynapsePlace): void {
    const steps = this.course.map((one) => one.steps);
    const values = this.course.map(({ weights }) => weightAt(weights, place));
    const losses = this.course.map(({ loss }) => loss);
    const { colour, dash } = lookOf("backprop");
    this.value.draw(
      steps,
      [{ key: "value", label: synapseName(place), colour, dash, values }],
      around(values),
    );
    this.loss.draw(
      steps,
      [{ key: "loss", label: "on points never learned from", colour, dash, values: losses }],
      [0, Math.max(0.8, 1.05 * Math.max(0, ...losses))],
    );
  }
}

/** A range with some room around all values, never so narrow that rounding shows. */
function around(values: readonly number[]): [number, number] {
  if (values.length === 0) return [-1, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.1, 0.12 * (most - least));
  return [least - room, most + room];
}
