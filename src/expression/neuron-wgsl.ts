/**
 * A neuron's `fn advance`: one step of dt by the midpoint method (a half step to find the slope, a whole step with it), which errs
 * by dt³ a step; then the threshold, and the reset from the values before any was set.
 */
import { inputName } from "./neuron";
import type { NeuronProgram } from "./syntax";
import { WgslWriter } from "./wgsl";

/** The parameters that the equations use, which the kernel is given beside `current` and `dt`. */
export function usedParams({ params, uses }: NeuronProgram): string[] {
  return params.map(({ name }) => name).filter((name) => uses.has(name));
}

/** @param head comment lines, without their slashes */
export function advanceWgsl(program: NeuronProgram, head: readonly string[] = []): string {
  const { state, params, lets, fires, resets } = program;
  const variables = state.map(({ name }) => name);
  const nameOf = (name: string) => {
    if (variables.includes(name)) return `n.${name}`;
    if (params.some((param) => param.name === name)) return `p.${name}`;
    return name === inputName ? name : `own_${name}`;
  };
  const writer = new WgslWriter(nameOf);
  const named = writer.lets(lets);
  const slopes = state.map(({ slope }) => writer.write(slope));
  const fired = writer.write(fires);
  const set = variables.map((name) => {
    const reset = resets.findLast((one) => one.name === name);
    return reset ? writer.write(reset.value) : `n.${name}`;
  });
  const lines = [
    ...head.map((line) => `// ${line}`.trimEnd()),
    ...writer.helpers(),
    `fn slopes(n: Neuron, p: Parameters, ${inputName}: f32) -> Neuron {`,
    ...named,
    `  return Neuron(${slopes.join(", ")});`,
    "}",
    "",
    "fn moved(n: Neuron, slope: Neuron, ms: f32) -> Neuron {",
    `  return Neuron(${variables.map((name) => `n.${name} + ms * slope.${name}`).join(", ")});`,
    "}",
    "",
    `fn firesAt(n: Neuron, p: Parameters, ${inputName}: f32) -> bool {`,
    ...named,
    `  return ${fired};`,
    "}",
    "",
    `fn resetFrom(n: Neuron, p: Parameters, ${inputName}: f32) -> Neuron {`,
    ...named,
    `  return Neuron(${set.join(", ")});`,
    "}",
    "",
    "fn advance(state: ptr<function, Neuron>, p: Parameters, x: Arriving, now: Now) -> bool {",
    `  let ${inputName} = p.current + x.input;`,
    "  let before = *state;",
    `  let middle = moved(before, slopes(before, p, ${inputName}), 0.5 * p.dt);`,
    `  let after = moved(before, slopes(middle, p, ${inputName}), p.dt);`,
    `  let fires = firesAt(after, p, ${inputName});`,
    "  *state = after;",
    `  if (fires) { *state = resetFrom(after, p, ${inputName}); }`,
    "  return fires;",
    "}",
    "",
  ];
  return lines.join("\n");
}
