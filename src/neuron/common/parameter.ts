/** The parameters that many neuron models share, so that a name means the same in all of them. */
import type { Parameter, Values } from "../../net/spiking/model";

/** A time constant in ms, which can't be 0. */
export const timeConstant = (value: number, about: string): Parameter => ({
  default: value,
  unit: "ms",
  about,
  min: 1e-3,
});

/** A time in ms that may be 0. */
export const duration = (value: number, about: string): Parameter => ({
  default: value,
  unit: "ms",
  about,
  min: 0,
});

export const voltage = (value: number, about: string): Parameter => ({ default: value, unit: "mV", about });

/** Any number in a unit of the model's own. */
export const number = (value: number, unit: string, about: string, min?: number): Parameter => ({
  default: value,
  unit,
  about,
  ...(min === undefined ? {} : { min }),
});

/** What integrate-and-fire neurons need beside their membrane equation: where they rest, fire, and start again. */
export const firing = (rest: number, threshold: number, reset: number, refractory: number) => ({
  rest: voltage(rest, "the membrane's voltage without input"),
  threshold: voltage(threshold, "voltage at which it fires"),
  reset: voltage(reset, "voltage after a spike"),
  refractory: duration(refractory, "how long the membrane is held after a spike, in whole steps of dt"),
});

/** The membrane, measured from `rest` on the GPU, and the steps for which it is still held. */
export const membrane = {
  v: { initial: "rest", unit: "mV", about: "the membrane's voltage", from: "rest" },
  hold: { initial: 0, unit: "steps", about: "steps for which the membrane is still held after a spike" },
} as const;

/** A neuron that starts again above its threshold would fire in every step. */
export function checkReset({ reset, threshold }: Values): string | undefined {
  return reset! < threshold!
    ? undefined
    : `The reset must lie below the threshold, but it is ${reset} mV and the threshold ${threshold} mV; lower the reset.`;
}

/** `firing` as the kernel wants it: measured from rest, and in whole steps. */
export const firingFromRest = ({ rest, threshold, reset, refractory }: Values, dt: number) => ({
  threshold: threshold! - rest!,
  reset: reset! - rest!,
  refractory: Math.round(refractory! / dt),
});
