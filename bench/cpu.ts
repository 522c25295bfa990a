/** The processor time of a process and all that it started, from Linux's /proc. */
import { readdirSync, readFileSync } from "node:fs";

/** Linux counts it in hundredths of a second, whatever the machine. */
const msPerTick = 10;

/** Milliseconds of processor time, user and system, of every process of the tree that is alive now. */
export function treeCpuMs(root: number): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => stat(Number(name)));
  const family = new Set([root]);
  for (let grown = 0; grown < family.size; ) {
    grown = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const ticks = processes
    .filter(({ pid }) => family.has(pid))
    .reduce((sum, process) => sum + process.ticks, 0);
  return ticks * msPerTick;
}

function stat(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" "); // the name before it may hold spaces
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  } catch {
    return []; // it has ended meanwhile
  }
}
