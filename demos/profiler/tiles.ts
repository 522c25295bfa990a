/** Tiles: what the tuner tried for each product, the one taken in bold and with a check mark. */
import type { Tried, TunedProduct } from "../../src/experiment/tune";
import { h } from "../../src/view/dom";
import { rough } from "../../src/view/format";
import { type Column, SortTable } from "../../src/view/sort-table";
import { time } from "./times";

const triedAs = ({ tried }: TunedProduct, name: string): Tried | undefined =>
  tried.find((one) => one.name === name);

function cell(product: TunedProduct, name: string): Node | string {
  const one = triedAs(product, name);
  if (!one) return "–";
  if (!one.sameBits) return "other bits: never taken";
  const marks = [
    ...(name === product.taken ? ["✓ taken"] : []),
    ...(name === product.usual ? ["usual"] : []),
  ];
  const taken = name === product.taken ? "is-taken" : "";
  return h(
    "span",
    { class: taken },
    time(one.ms),
    h("small", {}, `${rough(one.gflops)} GFLOP/s`),
    h("small", {}, marks.join(", ")),
  );
}

/** Draws the table anew: its columns are the tiles that were tried. */
export function drawTiles(host: HTMLElement, tuned: readonly TunedProduct[]): void {
  host.replaceChildren();
  const names = [...new Set(tuned.flatMap(({ tried }) => tried.map(({ name }) => name)))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const columns: Column<TunedProduct>[] = [
    {
      title: "Product",
      value: ({ product }) => product,
      cell: ({ product, shape }) =>
        h("span", {}, product, h("small", {}, `${shape.batch} × ${shape.pre} × ${shape.post}`)),
      text: true,
    },
    ...names.map((name): Column<TunedProduct> => {
      const [tile = name, group] = name.split(" wg");
      return {
        title: tile,
        label: name.replace(" wg", ", workgroup "),
        ...(group && { unit: `workgroup ${group}` }),
        value: (product) => triedAs(product, name)?.ms,
        cell: (product) => cell(product, name),
      };
    }),
  ];
  const table = new SortTable(host, {
    name: "profiler-table profiler-tiles",
    label: "How long each product takes in each tile",
    columns,
    attributes: ({ shapeClass, taken }) => ({ "data-class": shapeClass, "data-taken": taken }),
  });
  table.draw(tuned);
}

/** What came of it, in a sentence. */
export function sayTiles(tuned: readonly TunedProduct[]): string {
  const changed = tuned.filter(({ taken, usual }) => taken !== usual).length;
  const most = Math.max(...tuned.map(({ tried }) => tried.length));
  const all = `Up to ${most} tiles each were tried for ${tuned.length} products, in interleaved rounds, and wrote the same bits.`;
  const odd = tuned.some(({ tried }) => tried.some(({ sameBits }) => !sameBits));
  const bits = odd ? "Tiles that wrote other bits are not taken. " : "";
  return changed === 0
    ? `${odd ? bits : `${all} `}None was faster than the usual one beyond doubt, so all stay as they are.`
    : `${odd ? bits : `${all} `}${changed} of ${tuned.length} took another than the usual one, which was faster beyond doubt (95 % interval of the ratio below 1). This page uses them from now on: keep a run in the usual tiles as A, and measure.`;
}
