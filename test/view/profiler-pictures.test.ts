/** Oracles: sums that must come out, corners computed by hand, and no label over another. */
import { describe, expect, it } from "vitest";
import type { Trace, TraceEvent } from "../../src/gpu/trace";
import { type FlameRecord, flameOf, neighbour } from "../../src/view/flame-layout";
import { attainable, placeLabels, powers, ridge, roofLine, scaleOf } from "../../src/view/roofline-geometry";
import { lanesOfTrace, timeMarks } from "../../src/view/trace-lanes";

const record = (
  name: string,
  phase: string,
  layer: number,
  ms: number,
  verb: FlameRecord["verb"] = "project",
) => ({ name, phase, layer, ms, verb });

describe("the flame", () => {
  const records = [
    record("project", "forward", 1, 3),
    record("project", "forward", 2, 1),
    record("loss", "backward", 2, 0.5, "pool"),
    record("transport", "backward", 1, 2, "transport"),
    record("correlate", "backward", 2, 1.5, "correlate"),
    record("correlate", "backward", 1, 2, "correlate"),
  ];
  const spans = flameOf(records);

  it("gives every record its share, and every span the sum of those in it", () => {
    expect(spans[0]).toMatchObject({ depth: 0, ms: 10, from: 0, width: 1 });
    for (const [at, span] of spans.entries()) {
      const below = spans.filter(({ parent }) => parent === at);
      if (span.depth === 3) {
        expect(below).toEqual([]);
        expect(span.width).toBeCloseTo(records[span.record!]!.ms / 10, 12);
        expect(span.verb).toBe(records[span.record!]!.verb);
        continue;
      }
      expect(below.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(span.ms, 12);
      expect(below.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(span.width, 12);
      // Side by side, without a gap, from the left end of what holds them.
      let edge = span.from;
      for (const one of below) {
        expect(one.from).toBeCloseTo(edge, 12);
        edge += one.width;
      }
    }
    expect(spans.filter(({ depth }) => depth === 3).map((span) => span.record)).toEqual([0, 1, 2, 4, 3, 5]);
  });

  it("keeps phases and layers in the order in which they first come", () => {
    const names = (depth: number) => spans.filter((span) => span.depth === depth).map(({ name }) => name);
    expect(names(1)).toEqual(["forward", "backward"]);
    expect(names(2)).toEqual(["layer 1", "layer 2", "layer 2", "layer 1"]);
  });

  it("leads by arrow keys along, up and down", () => {
    const at = (name: string, depth: number) =>
      spans.findIndex((span) => span.name === name && span.depth === depth);
    expect(neighbour(spans, 0, "ArrowDown")).toBe(at("forward", 1));
    expect(neighbour(spans, at("forward", 1), "ArrowRight")).toBe(at("backward", 1));
    expect(neighbour(spans, at("backward", 1), "ArrowRight")).toBeUndefined();
    expect(neighbour(spans, at("transport", 3), "Home")).toBe(at("project", 3));
    expect(spans[neighbour(spans, at("loss", 3), "ArrowUp")!]).toMatchObject({ name: "layer 2", depth: 2 });
    expect(neighbour(spans, at("loss", 3), "ArrowDown")).toBeUndefined();
    expect(neighbour(spans, 0, "x")).toBeUndefined();
  });

  it("draws nothing out of nothing", () => {
    expect(flameOf([])).toHaveLength(1);
    for (const { from, width } of flameOf([record("idle", "forward", 1, 0)]))
      expect(Number.isFinite(from + width)).toBe(true);
  });
});

describe("the roofline", () => {
  const roofs = { copy: 10, fma: 100, product: 50 };
  const area = { left: 50, top: 10, right: 650, bottom: 310 };

  it("has its ridge where arithmetic takes over from memory", () => {
    expect(ridge(100, roofs)).toBe(10);
    expect(attainable(1, 100, roofs)).toBe(10);
    expect(attainable(10, 100, roofs)).toBe(100);
    expect(attainable(1000, 100, roofs)).toBe(100);
  });

  it("shows whole powers of ten that hold all points and ridges", () => {
    const scale = scaleOf([{ intensity: 0.3, gflops: 0.02 }], roofs, area);
    expect(scale.xRange).toEqual([0.1, 100]);
    expect(scale.yRange).toEqual([0.01, 1000]);
    expect([scale.x(0.1), scale.x(100), scale.y(0.01), scale.y(1000)]).toEqual([50, 650, 310, 10]);
    expect(scale.x(1)).toBeCloseTo(250, 9); // a third of three powers of ten
    expect(powers(scale.xRange)).toEqual([0.1, 1, 10, 100]);
  });

  it("draws a roof up to the ridge and then level, and cuts it at the picture's edge", () => {
    const scale = scaleOf([{ intensity: 0.3, gflops: 0.02 }], roofs, area);
    expect(roofLine(100, roofs, scale)).toEqual([
      { intensity: 0.1, gflops: 1 },
      { intensity: 10, gflops: 100 },
      { intensity: 100, gflops: 100 },
    ]);
    const high = { ...scale, yRange: [10, 1000] as const };
    expect(roofLine(100, roofs, high)[0]).toEqual({ intensity: 1, gflops: 10 });
  });

  it("stays finite with no point at all", () => {
    const { xRange, yRange } = scaleOf([], { ...roofs, product: undefined }, area);
    for (const end of [...xRange, ...yRange]) expect(Number.isFinite(end) && end > 0).toBe(true);
  });

  it("puts no label over another, nor over a point, nor outside", () => {
    const points = Array.from({ length: 12 }, (_, index) => ({
      x: 200 + 25 * (index % 4),
      y: 150 + 20 * Math.floor(index / 4),
      width: 60,
    }));
    const placed = placeLabels(points, area);
    const boxes = placed.flatMap((box) => (box ? [box] : []));
    expect(boxes.length).toBeGreaterThan(8);
    const apart = (a: (typeof boxes)[number], b: (typeof boxes)[number]) =>
      a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
    boxes.forEach((box, index) => {
      expect(box.x >= area.left && box.x + box.width <= area.right).toBe(true);
      expect(box.y >= area.top && box.y + box.height <= area.bottom).toBe(true);
      for (const other of boxes.slice(index + 1)) expect(apart(box, other)).toBe(true);
      for (const { x, y } of points)
        expect(x <= box.x || x >= box.x + box.width || y <= box.y || y >= box.y + box.height).toBe(true);
    });
    expect(placeLabels([{ x: 100, y: 100, width: 40 }], area)[0]).toMatchObject({ x: 109, apart: false });
  });
});

describe("the lanes", () => {
  const event = (name: string, cat: string, ts: number, dur: number): TraceEvent => ({
    name,
    cat,
    ph: "X",
    pid: 1,
    tid: 0,
    ts,
    dur,
    args: {},
  });
  const trace: Trace = {
    displayTimeUnit: "ms",
    otherData: { adapter: "", clock: "timestamps", about: "" },
    traceEvents: [
      { name: "thread_name", ph: "M", pid: 1, tid: 0, ts: 0, args: { name: "layer 1" } },
      event("encode", "host", 0, 500),
      event("submit", "host", 500, 100),
      event("dense/project", "project", 500, 2000),
      event("dense/transport", "transport", 2600, 400),
      event("wait", "host", 600, 2900),
      event("readback", "host", 3500, 500),
    ],
  };

  it("hold each event on one axis, in ms", () => {
    const { lanes, end } = lanesOfTrace(trace);
    expect(end).toBe(4);
    expect(lanes.map(({ name, busy }) => [name, Number(busy.toFixed(9))])).toEqual([
      ["encode", 0.5],
      ["submit", 0.1],
      ["GPU", 2.4],
      ["wait", 2.9],
      ["readback", 0.5],
    ]);
    expect(lanes[2]!.blocks).toEqual([
      { from: 0.5, to: 2.5, verb: "project" },
      { from: 2.6, to: 3, verb: "transport" },
    ]);
  });

  it.each([
    [4, [0, 1, 2, 3, 4]],
    [0.37, [0, 0.1, 0.2, 0.3]],
    [1250, [0, 500, 1000]],
  ])("have round marks up to %f", (end, marks) => {
    expect(timeMarks(end)).toEqual(marks);
  });
});
