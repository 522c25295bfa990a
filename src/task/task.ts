/** The tasks by name. This is the room's front door: other rooms import from here. */
import { unknownName } from "../gpu/name";
import type { Task } from "./dataset";
import { digits } from "./digits";
import { encoder } from "./encoder";
import { fashionMnist, mnist } from "./mnist";
import { spirals } from "./spirals";
import { xor } from "./xor";

export type { Dataset, Split, Task, TaskOptions } from "./dataset";
export { fromFiles } from "./from-files";

/** Every task, from the smallest to the largest. */
export const tasks: readonly Task[] = [xor, encoder, spirals, digits, mnist, fashionMnist];

/** The task of that name; throws an Error that suggests the nearest name when there is none. */
export function findTask(name: string): Task {
  const found = tasks.find((task) => task.name === name);
  if (found) return found;
  const names = tasks.map((task) => task.name);
  throw new Error(unknownName("task", name, names));
}
