/** What a person can choose besides the buttons: how fast it goes, and which synapse is followed. */
import type { SynapsePlace } from "../../src/experiment/inspection";
import { byId, h } from "../../src/view/dom";
import { layers } from "./learner";
import { placeIndex, places, synapseName } from "./synapse";

/** `explain` tells samples phase by phase; `train` shows nothing but what changes. */
export type Speed = "explain" | "train";

const speed = byId("followed-speed") as HTMLSelectElement;
const synapse = byId("followed-synapse") as HTMLSelectElement;
const groups = [...layers.slice(2).map((_, index) => `into hidden ${index + 1}`), "into the output"];

export const chosenSpeed = (): Speed => (speed.value === "train" ? "train" : "explain");

export function offerSynapses(chosen: SynapsePlace, choose: (place: SynapsePlace) => void): void {
  synapse.replaceChildren(
    ...groups.map((label, index) =>
      h(
        "optgroup",
        { label },
        ...places.flatMap((place, at) =>
          place.layer === index + 1 ? [h("option", { value: at }, synapseName(place))] : [],
        ),
      ),
    ),
  );
  showSynapse(chosen);
  synapse.addEventListener("change", () => choose(places[Number(synapse.value)]!));
}

export function showSynapse(place: SynapsePlace): void {
  synapse.value = String(placeIndex(place));
}
