/** The gap: what was measured of every rule, as a picture. Nothing here needs a GPU. */
import "../../src/view/style/page.css";
import "./style.css";
import { byId, h, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { rove } from "../../src/view/rove";
import { narrowPicture, picture } from "./picture";
import { tables } from "./rows";

const host = byId("gap-picture");
let chosen = "mnist";

for (const [name, { title }] of Object.entries(tables)) {
  const input = h("input", { type: "radio", name: "gap-task", value: name, checked: name === chosen });
  input.addEventListener("change", () => {
    chosen = name;
    draw();
  });
  byId("gap-choice").append(h("label", {}, input, title));
}

function draw(): void {
  const { rows } = tables[chosen]!;
  const width = Math.floor(host.getBoundingClientRect().width);
  if (width === 0) return;
  const chart = width < 700 ? narrowPicture(rows) : picture(rows, width, 520);
  host.replaceChildren(chart);
  rove(chart, ".gap-label", ({ dataset }) => {
    setText(byId("gap-detail"), dataset.told!);
    for (const point of chart.querySelectorAll("[data-name]"))
      point.toggleAttribute("data-told-now", (point as HTMLElement).dataset.name === dataset.name);
  });
  const adapters = [...new Set(rows.flatMap((row) => row.adapters))];
  setText(
    byId("gap-facts"),
    `Measured by engram compare on ${adapters.join("; ")}. All figures, with seeds and times: bench/results/scoreboard-${chosen}.md.`,
  );
}

new ResizeObserver(draw).observe(host);
expose("gap", {
  ready: Promise.resolve(),
  get told() {
    return tables[chosen]!.rows.map(({ name, count, accuracy }) => ({
      name,
      count,
      accuracy: accuracy.mean,
    }));
  },
});
