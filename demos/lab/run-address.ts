/** One run as a part of an address: `backprop;hidden:96,48;activation:tanh;…;set.rate:0.03;opt.form:z-il`. */

import { findRule, rules } from "../../src/experiment/rules";
import { nearest } from "../../src/gpu/name";
import type { Output } from "../../src/net/network";
import { optimiserNames } from "../../src/net/optimiser";
import { activations } from "../../src/net/population";
import {
  type Complaints,
  escaped,
  type Field,
  halves,
  number,
  oneOf,
  onOff,
  shortened,
  sizes,
  unescaped,
  whole,
} from "./fields";
import { freshSpec, limits, parametersFor, type RunSpec } from "./spec";

type Plain = Omit<RunSpec, "rule" | "values" | "options">;

export const outputs: readonly Output[] = ["softmax", ...activations];

const fields: { readonly [Name in keyof Plain]: Field<Plain[Name]> } = {
  hidden: sizes(limits.hiddenLayers, limits.width),
  activation: oneOf(activations),
  output: oneOf(outputs),
  optimizer: oneOf(optimiserNames),
  batch: whole(1, limits.batch),
  seed: whole(0, limits.seed),
  seeds: whole(1, limits.seeds),
  shown: onOff,
};

export function writeRun({ rule, values, options, ...plain }: RunSpec): string {
  const told = Object.entries(fields)
    .filter(([name]) => name !== "shown" || !plain.shown)
    .map(([name, field]) => [name, (field as Field<unknown>).write(plain[name as keyof Plain])] as const);
  const set = Object.entries(values).map(([name, value]) => [`set.${name}`, String(value)] as const);
  const opt = Object.entries(options).map(([name, value]) => [`opt.${name}`, String(value)] as const);
  return [rule, ...[...told, ...set, ...opt].map(([name, value]) => `${name}:${escaped(value)}`)].join(";");
}

/** @returns undefined, and a complaint, where there is no such rule */
export function readRun(told: string, software: boolean, complaints: Complaints): RunSpec | undefined {
  const [name = "", ...pieces] = told.split(";");
  const known = rules.map((rule) => rule.name);
  if (!known.includes(name)) {
    const near = nearest(name, known);
    complaints.add(
      `The address has a run of “${shortened(unescaped(name))}”, which is no rule${near ? `; did it mean ${near}?` : "."}`,
    );
    return undefined;
  }
  const fresh = freshSpec(name, software);
  if (pieces.length === 0) return fresh;
  const plain: Partial<Record<keyof Plain, unknown>> = {};
  const later: [string, string][] = [];
  for (const piece of pieces) {
    const [key, escapedValue] = halves(piece, ":");
    const value = unescaped(escapedValue);
    if (/^(set|opt)\./.test(key)) later.push([key, value]);
    else if (Object.hasOwn(fields, key)) {
      const read = complaints.read(fields[key as keyof Plain] as Field<unknown>, `${key} of ${name}`, value);
      if (read !== undefined) plain[key as keyof Plain] = read;
    } else if (key !== "")
      complaints.add(`The address has “${shortened(key)}” for ${name}, which the lab does not know.`);
  }
  return withNumbers({ ...fresh, ...plain, values: {}, options: {} } as RunSpec, later, complaints);
}

/** The rule's parameters and options: which there are depends on the optimiser too. */
function withNumbers(spec: RunSpec, told: readonly [string, string][], complaints: Complaints): RunSpec {
  const parameters = parametersFor(spec);
  const choices = findRule(spec.rule).options ?? {};
  const values: Record<string, number> = {};
  const options: Record<string, number | string> = {};
  for (const [key, value] of told) {
    const [kind, name] = halves(key, ".");
    const what = `${shortened(name)} of ${spec.rule}`;
    const parameter = kind === "set" && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const option = kind === "opt" && Object.hasOwn(choices, name) ? choices[name] : undefined;
    if (parameter) {
      const read = complaints.read(number(parameter.min, parameter.max), what, value);
      if (read !== undefined) values[name] = read;
    } else if (option) {
      const field: Field<string | number> =
        "choices" in option
          ? (oneOf(option.choices) as Field<never>)
          : (whole(option.min, option.max) as Field<never>);
      const read = complaints.read(field, what, value);
      if (read !== undefined) options[name] = read;
    } else
      complaints.add(
        `The address sets “${shortened(name)}” of ${spec.rule}, which it does not have with ${spec.optimizer}.`,
      );
  }
  return { ...spec, values, options };
}
