/** Schedules made by hand, for what the rules at hand do not show. Oracle: the design's definitions. */
import { describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit";
import { reportAudit } from "../../src/audit/report";
import type { Field, Role, Site } from "../../src/gpu/field";
import type { Read, ReadIndex, Schedule, ScheduleRecord, Verb } from "../../src/gpu/schedule";

const make = (site: Site, home: string, what: string, role?: Role): Field => ({
  name: home ? `${home}/${what}` : what,
  site,
  home,
  shape: site === "synapse" ? [4, 3] : [2, 3],
  type: "f32",
  ...(role && { role }),
});
const neuron = (home: string, what: string, role?: Role) => make("neuron", home, what, role);
const synapse = (home: string, what: string) => make("synapse", home, what);
const by = (field: Field, index: ReadIndex): Read => ({ field, index });

/** A record that writes one field from others, `own` unless told. */
function record(
  verb: Verb,
  layer: number,
  field: Field,
  from: (Field | Read)[],
  phase = "step",
): ScheduleRecord {
  const reads = from.map((read) => ("index" in read ? read : by(read, "own")));
  const bind = Object.fromEntries(
    [field, ...reads.map((read) => read.field)].map((each) => [each.name, each]),
  );
  return { verb, kernel: "made/by-hand", bind, writes: [{ field, from: reads }], layer, phase };
}

const x = neuron("input", "activity", "input");
const y = neuron("post", "activity");
const z = neuron("output", "activity");
const w = synapse("input-post", "weight");
const v = synapse("post-output", "weight");
const up = record("project", 1, y, [x, w]);
const further = record("project", 2, z, [y, v]);
const only = (schedule: Schedule, weight = w) => {
  const found = audit(schedule).filter((update) => update.weight === weight.name);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe("locality", () => {
  it("Hebb: own activity only is local, and nothing teaches", () => {
    const found = only([up, record("correlate", 1, w, [x, y, w])]);
    expect(found.locality).toBe("local");
    expect(found.teaching).toBeNull();
    expect(found.weightTransport).toEqual([]);
    expect(found.locking).toEqual({ steps: 0, layers: [], phases: [], superseded: 0 });
    const report = reportAudit("hebb", [3, 3], [found]).summary;
    expect(report).toEqual({
      weightTransport: "none",
      updateLocking: "waits for no other layer",
      locality: "local",
      teachingSignal: "none",
    });
  });

  it("a trace of its own activity, carried from step to step, is own", () => {
    const trace = neuron("post", "trace");
    const found = only([up, record("local", 1, trace, [trace, y]), record("correlate", 1, w, [x, trace, w])]);
    expect([found.locality, found.teaching]).toEqual(["local", null]);
  });

  it("a broadcast scalar makes three factors, and teaches when a reward is behind it", () => {
    const reward = make("global", "", "reward", "target");
    const dopamine = make("global", "", "dopamine");
    const found = only([
      up,
      further,
      record("local", 2, dopamine, [reward]),
      record("correlate", 1, w, [x, y, dopamine, w]),
    ]);
    expect(found.locality).toBe("three-factor");
    expect(found.teaching).toEqual({ kind: "one scalar", distance: 1, transports: 0, bitsPerSample: 32 });
    expect(found.locking.layers).toEqual([2]); // it waits for the outcome
  });

  it("a setting is no signal", () => {
    const rate = make("global", "", "settings/rate", "setting");
    expect(only([up, record("correlate", 1, w, [x, y, rate, w])]).locality).toBe("local");
  });

  it("a pool on the way is lateral", () => {
    const inhibited = neuron("post", "inhibited");
    const pool = record("pool", 1, inhibited, [by(y, "layer")]);
    const found = only([up, pool, record("correlate", 1, w, [x, inhibited, w])]);
    expect([found.locality, found.teaching]).toEqual(["lateral", null]);
    expect(found.locking.layers).toEqual([]);
  });

  it("what other neurons say, or the other synapses of its own neuron, is lateral", () => {
    expect(only([up, record("correlate", 1, w, [x, by(y, "layer"), w])]).locality).toBe("lateral");
    const gain = synapse("input-post", "gain");
    expect(only([up, record("correlate", 1, w, [x, y, by(gain, "dendrite"), w])]).locality).toBe("lateral");
  });

  it("the weights of other synapses are lateral though their field is the weight's own", () => {
    expect(only([up, record("correlate", 1, w, [x, y, w, by(w, "dendrite")])]).locality).toBe("lateral");
  });

  it("a top-down drive delivers by the neurons' own activity", () => {
    const settled = record("transport", 1, y, [z, v, y]);
    const found = only([up, further, settled, record("correlate", 1, w, [x, y, w])]);
    expect(found.locality).toBe("delivered");
    expect(found.heard.find(({ field }) => field === y.name)!.carrier).toBe("activity");
    expect(found.weightTransport).toEqual([{ weight: v.name, through: v.name }]);
  });
});

describe("weight transport", () => {
  const label = neuron("output", "target", "target");
  const error = neuron("output", "error");
  const sent = neuron("post", "error");
  const b = synapse("post-output", "feedback");
  const rest = (back: Field) => [
    record("pool", 2, error, [by(z, "layer"), label]),
    record("transport", 1, sent, [error, back, y]),
    record("correlate", 1, w, [x, sent, w]),
  ];

  it("is seen through a copy, a copy of a copy, and a copy made in an earlier step", () => {
    const c = synapse("post-output", "copy");
    const copy = record("local", 2, b, [v]);
    const expected = [{ weight: v.name, through: b.name }];
    expect(only([up, further, copy, ...rest(b)]).weightTransport).toEqual(expected);
    expect(
      only([up, further, record("local", 2, c, [v]), record("local", 2, b, [c]), ...rest(b)]).weightTransport,
    ).toEqual(expected);
    expect(only([up, further, ...rest(b), copy]).weightTransport).toEqual(expected);
  });

  it("is not seen where feedback is fixed, or learns from the activity of neurons", () => {
    expect(only([up, further, ...rest(b)]).weightTransport).toEqual([]);
    expect(only([up, further, ...rest(b), record("correlate", 2, b, [y, error, b])]).weightTransport).toEqual(
      [],
    );
  });
});

describe("update locking", () => {
  it("counts the versions kept from before: a history, a free phase", () => {
    const history = neuron("post", "history");
    const h = neuron("post", "activity");
    const keep = record("local", 1, history, [history, h]);
    const steps = 3;
    const through = only([
      { repeat: steps, index: "t", body: [record("project", 1, h, [x, w]), keep] },
      record("correlate", 1, w, [x, history, w]),
    ]);
    expect(through.locking.superseded).toBe(steps - 1); // the newest is still there
    const free = neuron("post", "free");
    const nudged = record("transport", 1, y, [z, v, y], "nudged");
    const phases = only([
      up,
      further,
      record("local", 1, free, [y]),
      nudged,
      record("correlate", 1, w, [x, y, free, w]),
    ]);
    expect(phases.locking.superseded).toBe(1);
    expect([...phases.locking.phases].sort()).toEqual(["nudged", "step"]);
  });

  it("does not count a label of the next layer's own classifier as another layer", () => {
    const label = neuron("post", "target", "target");
    const said = neuron("post", "said");
    const wrong = neuron("post", "wrong");
    const back = neuron("post", "error");
    const c = synapse("post-classes", "weight");
    const found = only([
      up,
      record("project", 1, said, [y, c]),
      record("pool", 1, wrong, [by(said, "layer"), label]),
      record("transport", 1, back, [wrong, c, y]),
      record("correlate", 1, w, [x, back, w]),
      further,
    ]);
    expect(found.locking.layers).toEqual([]);
    expect(found.weightTransport).toEqual([{ weight: c.name, through: c.name }]);
    expect(found.teaching).toMatchObject({ distance: 0, transports: 1 });
  });
});
