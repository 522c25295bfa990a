/**
 * Laws that show only after learning: the angle between a hidden layer's error and backprop's, on synthetic digits.
 * With their defaults Kolen-Pollack takes epochs of MNIST; its decay and the mirror's share are raised here.
 */
import { expect, it } from "vitest";
import { lesson } from "../support/learn";

it.each([
  { rule: "feedback-alignment", activation: "tanh", values: {}, below: 60 },
  { rule: "kolen-pollack", activation: "relu", values: { decay: 0.02 }, below: 15 },
  { rule: "weight-mirror", activation: "relu", values: { mirror: 0.05 }, below: 15 },
] as const)(
  "$rule turns its hidden error from about 90° to below $below°",
  async ({ rule, activation, values, below }) => {
    const { angles, accuracy } = await lesson({ rule, activation, values }, 200);
    expect(angles[0]).toBeGreaterThan(75);
    expect(angles[1]).toBeLessThan(below);
    expect(accuracy).toBeGreaterThan(0.7);
  },
);
