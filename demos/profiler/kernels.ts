/** Kernels: the table, a row for each record of the schedule. */
import type { Measured } from "../../src/experiment/profile-run";
import type { Roof } from "../../src/gpu/peaks";
import { kernelName, type ProfileRow } from "../../src/gpu/profile-row";
import { h } from "../../src/view/dom";
import { count, percent, rough } from "../../src/view/format";
import { type Column, SortTable } from "../../src/view/sort-table";
import { whereOf } from "./pairs";
import { scaled, speed, time } from "./times";

/** What binds a kernel, in a word that needs no explanation. */
const binds: Readonly<Record<Roof, string>> = { compute: "arithmetic", copy: "memory", dispatch: "dispatch" };

const perStep = ({ calls, ms }: ProfileRow) => calls * ms;

function name(row: ProfileRow): HTMLElement {
  return h(
    "span",
    { class: "profiler-kernel" },
    h("span", { class: `swatch profiler-swatch verb-${row.verb}`, "aria-hidden": true }),
    h("span", {}, kernelName(row), h("small", {}, `${row.verb}; ${whereOf(row)}${writesOf(row)}`)),
  );
}

/** Many equations share a kernel's name: they differ in what they give. */
const writesOf = ({ record: { kernel, writes } }: ProfileRow): string =>
  kernel.endsWith("/equation") ? `; gives ${writes.map(({ field }) => field.name).join(", ")}` : "";

/** In little room: what the kernel is called; where it is an equation, what it gives. */
export function shortName(row: ProfileRow): string {
  const name = kernelName(row).replace(/^[^/]*\//, "");
  return name === "equation" ? row.record.writes[0]!.field.name.replace(/^.*\//, "") : name;
}

/** A share as a number over a bar; the longest bar is the largest share. */
function share(row: ProfileRow, largest: number): HTMLElement {
  const bar = h("span", { class: `profiler-bar verb-${row.verb}`, "aria-hidden": true });
  bar.style.width = `${(100 * row.share) / largest}%`;
  return h("span", { class: "profiler-share" }, percent(row.share), bar);
}

type Get = (row: ProfileRow) => number | undefined;

export class Kernels {
  private counted = true;
  private largest = 1;
  private readonly table: SortTable<ProfileRow>;

  constructor(host: HTMLElement) {
    const number = (
      title: string,
      unit: string,
      value: Get,
      text: (value: number) => string,
    ): Column<ProfileRow> => ({
      title,
      unit,
      value,
      cell: (row) => {
        const found = value(row);
        return found === undefined ? "–" : text(found);
      },
    });
    const known =
      (value: Get): Get =>
      (row) =>
        this.counted ? value(row) : undefined;
    const whenFlops = (value: Get) => known((row) => (row.flops > 0 ? value(row) : undefined));
    const columns: Column<ProfileRow>[] = [
      { title: "Kernel", value: kernelName, cell: name, text: true },
      number("Calls", "a step", ({ calls }) => calls, count),
      number("Time", "a step", perStep, time),
      {
        title: "Share",
        unit: "of all",
        value: ({ share }) => share,
        cell: (row) => share(row, this.largest),
      },
      number(
        "FLOP",
        "a step",
        known(({ flops, calls }) => calls * flops),
        scaled,
      ),
      number(
        "Bytes",
        "a step",
        known(({ bytes, calls }) => calls * bytes),
        scaled,
      ),
      number(
        "GFLOP/s",
        "",
        whenFlops(({ gflops }) => gflops),
        speed,
      ),
      number(
        "GB/s",
        "",
        known(({ gbytes }) => gbytes),
        speed,
      ),
      {
        title: "Of peak",
        unit: "bound by",
        value: known(({ ofPeak }) => ofPeak),
        cell: ({ ofPeak, roof }) =>
          this.counted && ofPeak !== undefined && roof
            ? h("span", { class: "profiler-peak" }, percent(ofPeak), h("small", {}, binds[roof]))
            : "–",
      },
    ];
    this.table = new SortTable(host, {
      name: "profiler-table",
      label: "Each kernel’s time, work and speed; a head sorts by its column",
      columns,
      attributes: (row, index) => ({ "data-record": index, "data-kernel": row.record.kernel }),
    });
  }

  draw({ profile, counted }: Measured): void {
    this.counted = counted;
    this.largest = Math.max(...profile.rows.map(({ share }) => share));
    this.table.draw(profile.rows);
  }
}

/** A sentence on a row, for the pictures. */
export function toldOf(row: ProfileRow, counted: boolean): string {
  const calls = row.calls > 1 ? ` (${count(row.calls)} calls of ${time(row.ms)})` : "";
  const work =
    counted && row.flops > 0
      ? ` ${rough(row.flops / row.bytes)} FLOP a byte at ${speed(row.gflops)} GFLOP/s.`
      : "";
  const bound =
    counted && row.roof && row.ofPeak !== undefined
      ? ` Bound by ${binds[row.roof]}, at ${percent(row.ofPeak)} of that peak.`
      : "";
  return `${kernelName(row)}, ${row.verb}, ${whereOf(row)}${writesOf(row)}: ${time(perStep(row))} a step${calls}, ${percent(row.share)} of it.${work}${bound}`;
}
