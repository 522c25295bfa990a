/** The numbers beside the picture: rates and CVs by population, against what others measured, and how fast it all goes. */
import type { Simulation } from "../../src/experiment/simulation";
import { byId, h, setText } from "../../src/view/dom";
import { Facts } from "../../src/view/facts";
import { count, rough } from "../../src/view/format";
import type { Choice } from "./networks";
import type { PopulationNow } from "./runner";

const facts = new Facts(byId("spikes-figures"));
let rows: readonly (readonly [rate: HTMLElement, cv: HTMLElement])[] = [];

/** Makes the table's rows. @param scale neurons against the model's own number */
export function layOut(simulation: Simulation, { reference }: Choice, scale: number): void {
  const { populations } = simulation.spikeList;
  const { rates = [], source } = reference ?? {};
  const made = populations.map(({ name, size }, k) => {
    const [rate, cv] = [h("td"), h("td")];
    const elsewhere = rates.length === 1 ? rates[0] : rates[k];
    const cells = [h("td", {}, count(size)), rate];
    if (reference) cells.push(h("td", { class: "spikes-elsewhere" }, elsewhere?.toFixed(1) ?? "–"));
    return { row: h("tr", {}, h("th", { scope: "row" }, name), ...cells, cv), rate, cv };
  });
  byId("spikes-populations").replaceChildren(...made.map(({ row }) => row));
  rows = made.map(({ rate, cv }) => [rate, cv] as const);
  for (const head of document.querySelectorAll<HTMLElement>("th.spikes-elsewhere")) head.hidden = !reference;
  const size = scale === 1 ? "" : ", at its own size";
  const words = rates.length === 1 ? "all neurons together" : "each population";
  setText(byId("spikes-compared"), source ? `There: ${source}${size}, ${words}.` : "");
}

export interface Pace {
  /** Wall time over the network's time. */
  readonly realTimeFactor: number;
  /** Synapses that spikes reached, in a second of wall time. */
  readonly deliveriesPerSecond: number;
  /** ms; undefined before there has been a second of pictures. */
  readonly longestGap: number | undefined;
}

export function tell(
  simulation: Simulation,
  populations: readonly PopulationNow[],
  { realTimeFactor, deliveriesPerSecond, longestGap }: Pace,
): void {
  populations.forEach(({ rate, cv }, k) => {
    setText(rows[k]![0], rate.toFixed(1));
    setText(rows[k]![1], cv === undefined ? "–" : cv.toFixed(2));
  });
  const { neurons, synapses, time, device } = simulation;
  const known = (value: number, text: (value: number) => string) =>
    Number.isFinite(value) ? text(value) : "–";
  facts.show({
    "Neurons and synapses": `${count(neurons)} and ${count(synapses)}`,
    "Network’s own time": `${(time / 1000).toFixed(2)} s`,
    "Real-time factor, wall over network": known(realTimeFactor, rough),
    "Deliveries through synapses": known(deliveriesPerSecond, (value) => `${rough(value)}/s`),
    "Longest gap between pictures, 5 s": longestGap === undefined ? "–" : `${longestGap.toFixed(0)} ms`,
    Adapter: device.facts.software
      ? `${device.facts.name}, a program and no GPU: small networks suit it`
      : device.facts.name,
  });
}
