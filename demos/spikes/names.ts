/** The names beside the picture: populations, what lanes reach from and to, and which rows are followed. */
import type { Simulation } from "../../src/experiment/simulation";
import { byId, h, setText } from "../../src/view/dom";
import { rough } from "../../src/view/format";
import type { Raster } from "../../src/view/raster";
import type { Neuron } from "./address";

let reaches: readonly HTMLElement[] = [];

/** Names the rows and lanes of the picture, and tells its scale. @param excites one for each population */
export function name(
  raster: Raster,
  simulation: Simulation,
  excites: readonly boolean[],
  followed: readonly Neuron[],
): void {
  const { populations } = simulation.names;
  const kindOf = (population: string) =>
    excites[populations.indexOf(population)] ? "is-exciting" : "is-inhibiting";
  const { places } = raster;
  const put = (at: number, kind: string, ...children: HTMLElement[]) => {
    const { top, height } = places[at]!;
    const label = h("span", { class: `spikes-name ${kind}` }, ...children);
    label.style.top = `${top}px`;
    label.style.height = `${height}px`;
    return label;
  };
  const word = (text: string) => h("span", {}, text);
  const n = populations.length;
  reaches = [...populations, ...followed].map(() => h("span", { class: "spikes-reach" }));
  const bands = populations.map((one, k) => put(k, kindOf(one), word(one)));
  const rates = populations.map((one, k) =>
    put(n + k, `${kindOf(one)} ${n > 3 ? "is-one-line" : ""}`, word(n > 3 ? one : "rate"), reaches[k]!),
  );
  const membranes = followed.map(({ population, neuron }, k) =>
    put(2 * n + k, kindOf(population), word(`${k + 1}: ${population} ${neuron}`), reaches[n + k]!),
  );
  const marks = followed.map(({ population, neuron }, k) => {
    const mark = h("span", { class: "spikes-mark", "aria-hidden": true }, `${k + 1}\u25b8`);
    mark.style.top = `${raster.heightOf(populations.indexOf(population), neuron)}px`;
    return mark;
  });
  byId("spikes-names").replaceChildren(...bands, ...rates, ...membranes, ...marks);
  tellScale(raster);
  tellReaches(raster, simulation);
}

function tellScale(raster: Raster): void {
  const ms = niceBelow(raster.span / 8);
  byId("spikes-bar").style.width = `${(100 * ms) / raster.span}%`;
  setText(byId("spikes-bar-told"), `${rough(ms)} ms`);
  const { neurons, ms: each } = raster.pixel;
  const many = neurons === 1 ? "one neuron" : `up to ${rough(neurons)} neurons`;
  setText(byId("spikes-pixel-told"), `A pixel: ${many}, ${rough(each)} ms`);
}

/** What each lane reaches from and to, as it is now. */
export function tellReaches(raster: Raster, simulation: Simulation): void {
  const n = simulation.names.populations.length;
  raster.reaches.forEach(([low, high], lane) => {
    const offset = lane < n ? 0 : simulation.watchOffset(lane - n);
    const text = lane < n ? `0–${rough(high)}/s` : `${rough(low + offset)} to ${rough(high + offset)} mV`;
    setText(reaches[lane]!, text);
  });
}

/** 1, 2 or 5 times a power of ten. */
function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}
