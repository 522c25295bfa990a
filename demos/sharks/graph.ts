/** The network as a picture: units light up as they are active, and lines show who is linked with whom. */
import type { Layout } from "../../src/experiment/interactive";
import { h } from "../../src/view/dom";
import { rove } from "../../src/view/rove";
import { rows, wheel } from "./places";

const namespace = "http://www.w3.org/2000/svg";

function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: Node[]
): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export interface Asked {
  /** A unit was pressed. `cut` where the press was meant to cut it. */
  press(unit: number, cut: boolean): void;
}

type Units = ReadonlySet<number>;

/** Narrower than this there is no room for the wheel. */
const narrow = matchMedia("(max-width: 700px)");

export class Graph {
  private nodes: SVGElement[] = [];
  private lines: SVGElement[] = [];
  private shown: [activations: ArrayLike<number>, given: Units, cut: Units] | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly layout: Layout,
    asked: Asked,
  ) {
    this.place();
    narrow.addEventListener("change", () => {
      this.place();
      if (this.shown) this.show(...this.shown);
    });
    const unitOf = (event: Event) => {
      const node = (event.target as Element).closest(".sharks-unit");
      return node ? Number(node.getAttribute("data-unit")) : undefined;
    };
    host.addEventListener("click", (event) => {
      const unit = unitOf(event);
      if (unit !== undefined) asked.press(unit, event.shiftKey);
    });
    host.addEventListener("keydown", (event) => {
      const unit = unitOf(event);
      const cut = event.key === "Delete" || event.key === "Backspace";
      if (unit === undefined || !(cut || event.key === "Enter" || event.key === " ")) return;
      event.preventDefault();
      asked.press(unit, cut || event.shiftKey);
    });
  }

  /** Draws all units where there is room for them. */
  private place(): void {
    const { layout } = this;
    const { width, height, units, dot } = narrow.matches ? rows(layout) : wheel(layout);
    this.lines = layout.links.map(([a, b]) => {
      const [from, to] = [units[a]!, units[b]!];
      return svg("line", { class: "sharks-link", x1: from.x, y1: from.y, x2: to.x, y2: to.y });
    });
    this.nodes = layout.units.map(({ name, pool }, unit) => {
      const place = units[unit]!;
      const person = pool === "person";
      const box = { x: -place.width / 2, y: -place.height / 2, width: place.width, height: place.height };
      const shape = (kind: string) =>
        person
          ? svg("circle", { class: kind, r: dot })
          : svg("rect", { class: kind, ...box, rx: place.height / 2 });
      const text = svg("text", { class: "sharks-name" });
      text.textContent = person ? "" : name;
      return svg(
        "g",
        {
          class: "sharks-unit",
          transform: `translate(${place.x} ${place.y})`,
          role: "button",
          "data-unit": unit,
          "aria-pressed": "false",
        },
        svg("rect", { class: "sharks-reach", ...box }),
        shape("sharks-hull"),
        shape("sharks-heat"),
        text,
      );
    });
    const picture = svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Units of the network" },
      ...this.lines,
      ...this.nodes,
    );
    const stand = h("div", {}, picture); // goes with its listeners
    this.host.replaceChildren(stand);
    rove(stand, ".sharks-unit", () => {});
  }

  /** @param activations by unit */
  show(activations: ArrayLike<number>, given: Units, cut: Units): void {
    this.shown = [activations, given, cut];
    const active = (unit: number) => Math.max(0, activations[unit]!);
    this.nodes.forEach((node, unit) => {
      const { name, pool } = this.layout.units[unit]!;
      node.style.setProperty("--active", active(unit).toFixed(3));
      node.classList.toggle("is-given", given.has(unit));
      node.classList.toggle("is-cut", cut.has(unit));
      node.setAttribute("aria-pressed", String(given.has(unit)));
      const state = cut.has(unit) ? "cut off" : `activation ${activations[unit]!.toFixed(2)}`;
      node.setAttribute(
        "aria-label",
        `${pool === "person" ? `person ${name.slice(1)}` : `${pool} ${name}`}, ${state}`,
      );
    });
    this.lines.forEach((line, index) => {
      const [a, b] = this.layout.links[index]!;
      const missing = cut.has(a) || cut.has(b);
      const strength = missing ? 0.02 : 0.06 + 1.2 * Math.min(active(a), active(b));
      line.style.setProperty("--active", Math.min(0.9, strength).toFixed(3));
    });
  }
}
