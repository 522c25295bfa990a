/** Jets and Sharks: ask with units, cut units, and watch the others come to rest. */
import "../../src/view/style/page.css";
import "./style.css";
import { findUnit, Interactive, layoutOf, type PoolState } from "../../src/experiment/interactive";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { type Stage, stage } from "../../src/view/stage";
import { Graph } from "./graph";
import { Questions } from "./questions";

/** All units together move less than this in a cycle once they rest. */
const stillness = 1e-4;

const layout = layoutOf();
const first = ["Art"];
const given = new Set(first.map((name) => findUnit(layout, name)));
const cut = new Set<number>();
const facts = new Facts(byId("sharks-figures"));
const cutButton = byId("sharks-cut");
let cutting = false;
let network: Interactive | undefined;
let shared: Stage | undefined;
let changed = true;
let told = { asked: "", cycles: 0, movement: 0, pools: [] as PoolState[], settled: false };

const namesOf = (units: ReadonlySet<number>) => [...units].map((unit) => layout.units[unit]!.name);
const graph = new Graph(byId("sharks-graph"), layout, {
  press(unit, wantsCut) {
    const set = cutting || wantsCut ? cut : given;
    if (!set.delete(unit)) set.add(unit);
    ask();
  },
});
const questions = new Questions(byId("sharks-questions"), layout, (names) => {
  given.clear();
  for (const name of names) given.add(findUnit(layout, name));
  ask();
});
const pools = [...new Set(layout.units.map(({ pool }) => pool))].filter((pool) => pool !== "person");
const answers = pools.map((pool) => {
  const [leaders, activation] = [h("td"), h("td")];
  byId("sharks-answers").append(h("tr", {}, h("th", { scope: "row" }, pool), leaders, activation));
  return { pool, leaders, activation };
});

cutButton.addEventListener("click", () => {
  cutting = !cutting;
  cutButton.setAttribute("aria-pressed", String(cutting));
  setText(cutButton, `Cut units: ${cutting ? "on" : "off"}`);
});
byId("sharks-mend").addEventListener("click", () => {
  cut.clear();
  ask();
});

/** The question has changed: the units start from rest again. */
function ask(): void {
  changed = true;
  showGraph();
  questions.show(layout, given);
  if (shared?.state === "done") void shared.reset();
  else shared?.start();
}

function showGraph(): void {
  graph.show(network?.activations ?? new Float32Array(layout.units.length), given, cut);
}

function show(movement: number): void {
  const all = network!.strongest();
  const settled = movement < stillness;
  const asked = given.size > 0 ? namesOf(given).join(", ") : "nothing";
  const without = cut.size > 0 ? `, without ${namesOf(cut).join(", ")}` : "";
  told = { asked: asked + without, cycles: network!.cycles, movement, pools: all, settled };
  showGraph();
  for (const { pool, leaders, activation } of answers) {
    const active = all.find((one) => one.pool === pool)!.units.filter((unit) => unit.activation > 0);
    const more = active.length > 4 ? ` and ${active.length - 4} more` : "";
    setText(
      leaders,
      active.length > 0
        ? active
            .slice(0, 4)
            .map(({ name }) => name)
            .join(", ") + more
        : "nobody knows",
    );
    setText(activation, active[0] ? active[0].activation.toFixed(2) : "–");
  }
  facts.show({ Cycles: String(network!.cycles), "Movement in a cycle": movement.toFixed(4) });
  if (!settled) return;
  shared?.say(`At rest after ${network!.cycles} cycles: asked with ${told.asked}.`, "good");
}

const ready = stage("sharks", async (device, self) => {
  shared = self;
  network = await Interactive.create(device, { layout });
  const mine = network;
  changed = true;
  questions.show(layout, given);
  return {
    still: 400,
    async turn() {
      if (changed) {
        changed = false;
        mine.mend();
        mine.cut(namesOf(cut));
        mine.probe(namesOf(given));
        self.say("Settling…");
      }
      const movement = await mine.run(1);
      if (changed) return true; // asked anew meanwhile
      show(movement);
      return movement >= stillness;
    },
    destroy: () => mine.destroy(),
  };
});

expose("sharks", {
  ready,
  get told() {
    return told;
  },
});
