/** A short piece of a rule's line, so that its row or card is found from its curve. */
import { type Look, lookOf } from "./palette";

/** @param of a rule, or how a line of its own is drawn */
export function swatch(of: string | Look): SVGElement {
  const { colour, dash } = typeof of === "string" ? lookOf(of) : of;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const set = (element: SVGElement, all: Record<string, string>) => {
    for (const [key, value] of Object.entries(all)) element.setAttribute(key, value);
  };
  set(svg, { class: "line-swatch", width: "28", height: "10", "aria-hidden": "true" });
  set(line, { x1: "0", x2: "28", y1: "5", y2: "5", "stroke-width": "2", "stroke-dasharray": dash.join(" ") });
  line.style.stroke = `var(${colour})`;
  svg.append(line);
  return svg;
}
