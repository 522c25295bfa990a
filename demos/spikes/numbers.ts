/** The numbers beside the picture: populations by name, the scale of the picture, and how fast it all goes. */
import type { Simulation } from "../../src/experiment/simulation";
import { byId, h, setText } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { count, rough } from "../../src/view/format";
import type { Raster } from "../../src/view/raster";
import type { PopulationNow } from "./runner";

const facts = new Facts(byId("spikes-figures"));
let rows: readonly (readonly [rate: HTMLElement, cv: HTMLElement])[] = [];

/** Names the rows of the picture, and makes the table. @param excites one for each population */
export function layOut(raster: Raster, simulation: Simulation, excites: readonly boolean[]): void {
  const { populations } = simulation.spikeList;
  const names = [...populations.map(({ name }) => name), "all"];
  byId("spikes-names").replaceChildren(
    ...raster.places.map(({ top, height }, k) => {
      const kind = k === populations.length ? "is-all" : excites[k] ? "is-exciting" : "is-inhibiting";
      const name = h("span", { class: `raster-name ${kind}` }, names[k]!);
      name.style.top = `${top}px`;
      name.style.height = `${height}px`;
      return name;
    }),
  );
  const made = populations.map(({ name, size }) => {
    const [rate, cv] = [h("td"), h("td")];
    return {
      row: h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, count(size)), rate, cv),
      rate,
      cv,
    };
  });
  byId("spikes-populations").replaceChildren(...made.map(({ row }) => row));
  rows = made.map(({ rate, cv }) => [rate, cv] as const);
  const ms = niceBelow(raster.span / 8);
  byId("spikes-bar").style.width = `${(100 * ms) / raster.span}%`;
  setText(byId("spikes-bar-told"), `${rough(ms)} ms`);
  const { neurons, ms: each } = raster.pixel;
  const many = neurons === 1 ? "one neuron" : `up to ${count(neurons)} neurons`;
  setText(byId("spikes-pixel-told"), `A pixel: ${many}, ${rough(each)} ms`);
}

export interface Pace {
  /** Wall time over the network's time. */
  readonly realTimeFactor: number;
  /** ms; undefined before there has been a second of pictures. */
  readonly longestGap: number | undefined;
}

export function tell(
  simulation: Simulation,
  raster: Raster,
  populations: readonly PopulationNow[],
  { realTimeFactor, longestGap }: Pace,
): void {
  populations.forEach(({ rate, cv }, k) => {
    setText(rows[k]![0], rate.toFixed(1));
    setText(rows[k]![1], cv === undefined ? "–" : cv.toFixed(2));
  });
  setText(byId("spikes-names").lastElementChild!, `all, to ${rough(raster.top)}/s`);
  const { neurons, synapses, time, device } = simulation;
  facts.show({
    "Neurons and synapses": `${count(neurons)} and ${count(synapses)}`,
    "Network’s own time": `${(time / 1000).toFixed(2)} s`,
    "Real-time factor, wall over network": Number.isFinite(realTimeFactor) ? rough(realTimeFactor) : "–",
    "Longest gap between pictures, 5 s": longestGap === undefined ? "–" : `${longestGap.toFixed(0)} ms`,
    Adapter: device.facts.software
      ? `${device.facts.name}, a program and no GPU: small networks suit it`
      : device.facts.name,
  });
}

/** 1, 2 or 5 times a power of ten. */
function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}
