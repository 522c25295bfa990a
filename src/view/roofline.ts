/**
 * Roofline: each kernel as a point, by its verb's shape and colour, under the roofs that were measured on this adapter. A
 * point is a stop for the arrow keys; what it stands for is said under the picture.
 */
import type { Verb } from "../gpu/schedule";
import { h, setText } from "./dom";
import {
  type Area,
  placeLabels,
  powers,
  type RooflinePoint,
  type Roofs,
  roofLine,
  type Scale,
  scaleOf,
} from "./roofline-geometry";
import { rove } from "./rove";
import { svg } from "./svg";
import { verbShapes } from "./verb-shape";

export interface RooflineKernel extends RooflinePoint {
  readonly record: number;
  readonly name: string;
  readonly verb: Verb;
  /** Of the step's time, from 0 to 1: those with more are labelled first. */
  readonly share: number;
  /** A sentence on it. */
  readonly told: string;
}

/** In less width than this only the longest-running kernels have their names written. */
const fewPixels = 480;
const fewNames = 7;
const margin = { left: 58, top: 14, right: 14, bottom: 44 };
const letter = 6.3; // px, about as wide as one of the labels
const powerText = (value: number): string => {
  const power = Math.round(Math.log10(value));
  return power >= -2 && power <= 3 ? String(Number(value.toPrecision(1))) : `10${superscript(power)}`;
};
const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (power: number) =>
  String(power).replace(/./g, (one) => (one === "-" ? "⁻" : digits[Number(one)]!));

export class Roofline {
  private readonly picture = h("div", { class: "roofline-picture", role: "group" });
  private readonly detail = h("p", { class: "roofline-detail" });
  private kernels: readonly RooflineKernel[] = [];
  private roofs: Roofs | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly options: {
      readonly label: string;
      readonly regard: (record: number | undefined) => void;
    },
  ) {
    this.picture.setAttribute("aria-label", options.label);
    host.append(this.picture, this.detail);
    this.picture.addEventListener("pointerleave", () => options.regard(undefined));
    let width = 0;
    new ResizeObserver(([entry]) => {
      if (entry!.contentRect.width === width) return;
      width = entry!.contentRect.width;
      this.paint();
    }).observe(host);
  }

  /** @param kernels in the schedule's order, each with an intensity and a speed above 0 */
  draw(kernels: readonly RooflineKernel[], roofs: Roofs, without: string): void {
    this.kernels = kernels;
    this.roofs = roofs;
    this.paint();
    setText(this.detail, without);
  }

  private paint(): void {
    const { width, height } = { width: this.host.clientWidth, height: this.picture.clientHeight };
    if (!this.roofs || width === 0) return;
    const area: Area = {
      left: margin.left,
      top: margin.top,
      right: width - margin.right,
      bottom: height - margin.bottom,
    };
    const scale = scaleOf(this.kernels, this.roofs, area);
    const drawing = svg(
      "svg",
      { width, height, viewBox: `0 0 ${width} ${height}` },
      ...grid(scale, area),
      ...this.lines(scale, area),
      ...this.points(scale, area),
    );
    this.picture.replaceChildren(drawing);
    rove(this.picture, ".roofline-point", (one) => {
      const point = one as unknown as SVGElement;
      setText(this.detail, point.getAttribute("aria-label")!);
      this.options.regard(Number(point.dataset.record));
    });
  }

  private lines(scale: Scale, area: Area): SVGElement[] {
    const { fma, product } = this.roofs!;
    const roofs = this.roofs!;
    const line = (gflops: number, kind: string) =>
      svg("polyline", {
        class: `roofline-roof roofline-${kind}`,
        points: roofLine(gflops, roofs, scale)
          .map((at) => `${scale.x(at.intensity)},${scale.y(at.gflops)}`)
          .join(" "),
      });
    const name = (gflops: number, text: string, above: boolean) =>
      svg(
        "text",
        {
          class: "roofline-name",
          x: area.right - 4,
          y: scale.y(gflops) + (above ? -6 : 16),
          "text-anchor": "end",
        },
        text,
      );
    const tops = [{ gflops: fma, text: `multiply-add ${Number(fma.toPrecision(3))} GFLOP/s`, kind: "fma" }];
    if (product !== undefined)
      tops.push({ gflops: product, text: `own product ${Number(product.toPrecision(3))}`, kind: "product" });
    tops.sort((a, b) => b.gflops - a.gflops);
    const drawn = tops.flatMap(({ gflops, text, kind }, index) => [
      line(gflops, kind),
      name(gflops, text, index === 0),
    ]);
    return [...drawn, this.slopeName(scale, area)];
  }

  /** The memory's roof, named along its slope. */
  private slopeName(scale: Scale, area: Area): SVGElement {
    const { copy, fma, product = 0 } = this.roofs!;
    const [from] = roofLine(Math.max(fma, product), this.roofs!, scale);
    const [x0, y0] = [scale.x(from!.intensity), scale.y(from!.gflops)];
    const slope =
      (scale.y(10 * scale.yRange[0]) - scale.y(scale.yRange[0])) /
      (scale.x(10 * scale.xRange[0]) - scale.x(scale.xRange[0]));
    const angle = (180 / Math.PI) * Math.atan(slope);
    const [x, y] = [Math.max(area.left, x0) + 14, y0 + slope * 14 - 7];
    return svg(
      "text",
      { class: "roofline-name", transform: `translate(${x} ${y}) rotate(${angle})` },
      `copy ${Number(copy.toPrecision(3))} GB/s`,
    );
  }

  private points(scale: Scale, area: Area): SVGElement[] {
    const at = this.kernels.map(({ intensity, gflops, name }) => ({
      x: scale.x(intensity),
      y: scale.y(gflops),
      width: letter * name.length,
    }));
    const order = this.kernels
      .map((_, index) => index)
      .sort((a, b) => this.kernels[b]!.share - this.kernels[a]!.share);
    const named = order.slice(0, area.right - area.left < fewPixels ? fewNames : order.length);
    const boxes = placeLabels(
      named.map((index) => at[index]!),
      area,
    );
    const labels = named.flatMap((index, place) => {
      const box = boxes[place];
      if (!box) return [];
      const { name } = this.kernels[index]!;
      const label = svg("text", { class: "roofline-label", x: box.x, y: box.y + 11 }, name);
      if (!box.apart) return [label];
      const { x, y } = at[index]!;
      const end = { x2: nearest(x, box.x, box.width), y2: nearest(y, box.y, box.height) };
      return [svg("line", { class: "roofline-leader", x1: x, y1: y, ...end }), label];
    });
    const points = this.kernels.map(({ verb, told, record }, index) =>
      svg(
        "g",
        {
          class: "roofline-point",
          role: "img",
          "aria-label": told,
          "data-record": record,
          tabindex: -1,
          transform: `translate(${at[index]!.x} ${at[index]!.y})`,
        },
        svg("circle", { class: "roofline-hit", r: 14 }),
        svg("path", { class: `roofline-mark verb-${verb}`, d: verbShapes[verb] }),
      ),
    );
    return [...labels, ...points];
  }
}

/** The value of a stretch that is nearest to another. */
const nearest = (value: number, from: number, length: number) =>
  Math.max(from, Math.min(from + length, value));

function grid(scale: Scale, area: Area): SVGElement[] {
  const { left, right, top, bottom } = area;
  const upright = powers(scale.xRange).flatMap((value) => [
    svg("line", { class: "roofline-grid", x1: scale.x(value), x2: scale.x(value), y1: top, y2: bottom }),
    svg(
      "text",
      { class: "roofline-tick", x: scale.x(value), y: bottom + 16, "text-anchor": "middle" },
      powerText(value),
    ),
  ]);
  const level = powers(scale.yRange).flatMap((value) => [
    svg("line", { class: "roofline-grid", x1: left, x2: right, y1: scale.y(value), y2: scale.y(value) }),
    svg(
      "text",
      { class: "roofline-tick", x: left - 6, y: scale.y(value) + 4, "text-anchor": "end" },
      powerText(value),
    ),
  ]);
  const middle = (top + bottom) / 2;
  return [
    ...upright,
    ...level,
    svg(
      "text",
      { class: "roofline-axis", x: (left + right) / 2, y: bottom + 36, "text-anchor": "middle" },
      "arithmetic intensity, FLOP a byte",
    ),
    svg(
      "text",
      { class: "roofline-axis", transform: `translate(12 ${middle}) rotate(-90)`, "text-anchor": "middle" },
      "speed, GFLOP/s",
    ),
  ];
}
