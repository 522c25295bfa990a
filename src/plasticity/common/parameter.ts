/** The parameters that many plasticity rules share, so that a name means the same in all of them. */
import type { Parameter } from "../../net/spiking/model";

/** A time constant in ms, which can't be 0. */
export const timeConstant = (value: number, about: string): Parameter => ({
  default: value,
  unit: "ms",
  about,
  min: 1e-3,
});

/** An amount in the unit of the weight. */
export const weightChange = (value: number, about: string): Parameter => ({
  default: value,
  unit: "weight",
  about,
});

/** A number without a unit. */
export const factor = (value: number, about: string, min?: number): Parameter => ({
  default: value,
  unit: "",
  about,
  ...(min === undefined ? {} : { min }),
});
