/**
 * Address: the lab's whole state as the part of a URL behind #, written as things change and validated on the way in.
 *
 *   #task=digits&epochs=20&speed=full&run=backprop;hidden:96,48;batch:64;set.rate:0.03&run=…
 *
 * `set.` stands before a parameter and `opt.` before an option of the rule; those left out are the rule's own. What is
 * unknown or out of range is as if it had been left out, and a sentence says which part it was. Nothing that can be typed throws.
 */
import { nearest } from "../../src/gpu/name";
import {
  Complaints,
  escaped,
  type Field,
  halves,
  number,
  oneOf,
  onOff,
  shortened,
  text,
  unescaped,
  whole,
} from "./fields";
import { readRun, writeRun } from "./run-address";
import { limits, type RunSpec } from "./spec";
import { firstState, isOwn, type LabState, type Speed, speeds, taskNames } from "./state";

/** A state, and a sentence for each part of the address that could not be used. */
export interface Read {
  readonly state: LabState;
  readonly complaints: readonly string[];
}

type Told = Omit<LabState, "runs">;

const fields: { readonly [Name in keyof Told]: Field<NonNullable<Told[Name]>> } = {
  task: text(
    `one of ${taskNames.join(", ")}, or own:NAME`,
    (name) => taskNames.includes(name) || (isOwn(name) && name.length <= 90),
  ),
  train: whole(1, limits.samples),
  test: whole(1, limits.samples),
  epochs: number(0.001, limits.epochs),
  speed: oneOf(Object.keys(speeds) as Speed[]),
  background: onOff,
  playing: onOff,
};
const names = [...Object.keys(fields), "run"];

/** Longer ones are no addresses of the lab's. */
const mostText = 20_000;

export function writeAddress({ runs, ...told }: LabState): string {
  const parts = Object.entries(fields).flatMap(([name, field]) => {
    const value = told[name as keyof Told];
    return value === undefined ? [] : [`${name}=${escaped((field as Field<unknown>).write(value))}`];
  });
  return [...parts, ...runs.map((run) => `run=${writeRun(run)}`)].join("&");
}

/**
 * Reads an address, believing nothing.
 * @param address what stands behind #
 * @param software whether the adapter is a program, whose first state is smaller
 */
export function readAddress(address: string, software: boolean): Read {
  const first = firstState(software);
  const complaints = new Complaints();
  const found: Partial<Told> = {};
  const runs: RunSpec[] = [];
  let wanted = 0;
  if (address.length > mostText)
    complaints.add(`The address is longer than ${mostText} characters; the rest is left out.`);
  for (const part of address.slice(0, mostText).split("&")) {
    if (part === "") continue;
    const [name, value] = halves(part, "=");
    if (name === "run") {
      wanted += 1;
      if (wanted > limits.runs) continue;
      const run = readRun(value, software, complaints);
      if (run) runs.push(run);
    } else if (Object.hasOwn(fields, name)) {
      const read = complaints.read(fields[name as keyof Told] as Field<unknown>, name, unescaped(value));
      if (read !== undefined) Object.assign(found, { [name]: read });
    } else {
      const near = nearest(name, names);
      complaints.add(
        `The address has “${shortened(name)}”, which the lab does not know${near ? `; did it mean ${near}?` : "."}`,
      );
    }
  }
  if (wanted > limits.runs)
    complaints.add(
      `The address has ${wanted} runs, but the lab holds ${limits.runs}; the others are left out.`,
    );
  // An address that names its task says how many samples too, or means the task's own number.
  const base = found.task === undefined ? first : { ...first, train: undefined, test: undefined };
  const state = { ...base, ...found, runs: runs.length > 0 ? runs : first.runs };
  return { state, complaints: complaints.sentences };
}
