/** What the float64 neurons have in common: named state, and a step that says whether the neuron fires. */
export type Numbers = Readonly<Record<string, number>>;

export interface Neuron {
  /** By the names that people see, voltages as they are and not from rest. */
  readonly state: Record<string, number>;
  /** One step of dt, after what arrived has been told by port. */
  advance(arrived: Numbers): boolean;
}

/** A neuron model: its parameters, all of them, and dt in ms. */
export type Model = (p: Numbers, dt: number) => Neuron;

/** Numbers of a record by name; one that is missing is an error, not undefined. */
export function given<Name extends string>(from: Numbers, ...names: Name[]): Record<Name, number> {
  for (const name of names) if (!(name in from)) throw new Error(`The reference needs "${name}".`);
  return from as Record<Name, number>;
}
