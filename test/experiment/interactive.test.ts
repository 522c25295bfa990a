/** Oracle: the float64 loop, and the table itself: what is retrieved must be what is known of the person. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findUnit, Interactive, layoutOf } from "../../src/experiment/interactive";
import { people } from "../../src/task/jets-and-sharks";
import { interactive } from "../reference/interactive";
import { expectClose } from "../support/close";
import { testDevice } from "../support/device";

const layout = layoutOf();
const wiring = { pools: layout.units.map(({ pool }) => pool), links: layout.links };
const at = (...names: string[]) => names.map((name) => findUnit(layout, name));
const ofPerson = (name: string) => people.find((person) => person.name === name)!.properties;

let network: Interactive;
beforeAll(async () => {
  network = await Interactive.create(await testDevice());
});
beforeEach(() => network.mend());
afterAll(() => network.destroy());

/** The most active unit of each pool. */
const leaders = (): Record<string, string> =>
  Object.fromEntries(network.strongest().map(({ pool, units }) => [pool, units[0]!.name]));

/** The same once the units have come to rest. */
async function recall(...probe: string[]): Promise<Record<string, string>> {
  network.probe(probe);
  const { settled } = await network.settle(2000);
  expect(settled).toBe(true);
  return leaders();
}
const known = ({ gang, age, education, marital, occupation }: Record<string, string>) => [
  gang,
  age,
  education,
  marital,
  occupation,
];
const active = (pool: string) =>
  network
    .strongest()
    .find((one) => one.pool === pool)!
    .units.filter(({ activation }) => activation > 0)
    .map(({ name }) => name);

it("has 27 people, 68 units and 162 links", () => {
  expect([people.length, layout.units.length, layout.links.length]).toEqual([27, 68, 162]);
  expect(people.filter(({ properties }) => properties[0] === "Jets").length).toBe(15);
  expect(new Set(layout.units.map(({ name }) => name)).size).toBe(68);
});

it.each([
  { probe: ["Art"], cut: [] },
  { probe: ["Sharks", "30s"], cut: [] },
  { probe: ["Ken"], cut: ["_Ken", "burglar"] },
])("moves as the float64 loop does: $probe without $cut", async ({ probe, cut }) => {
  const expected = interactive(wiring, at(...probe), 120, at(...cut));
  network.cut(cut);
  network.probe(probe);
  for (const cycles of [1, 1, 8, 30, 80]) {
    await network.run(cycles);
    expectClose(network.activations, expected[network.cycles - 1]!, `cycle ${network.cycles}`, {
      relative: 1e-4,
      absolute: 1e-5,
    });
  }
});

describe("retrieval", () => {
  it("a name brings back all that is known of its bearer, for each of the 27, within 50 cycles", async () => {
    for (const { name, properties } of people) {
      network.probe([name]);
      await network.run(50);
      const found = leaders();
      expect([found.name, found.person]).toEqual([name, `_${name}`]);
      expect(known(found), name).toEqual([...properties]);
    }
  });

  it("at rest likeness has overruled 6 of the 135 properties, as in float64", async () => {
    const overruled: string[] = [];
    for (const { name, properties } of people) {
      const found = known(await recall(name));
      properties.forEach((property, column) => {
        if (found[column] !== property) overruled.push(`${name} ${property}`);
      });
    }
    expect(overruled).toEqual([
      "Al 30s", // of the five Jets who are burglars he alone is not in his twenties
      "Greg married",
      "Don burglar",
      "Ned bookie",
      "Ken 20s",
      "Rick burglar",
    ]);
  });

  it("properties bring back names: one where one person has them, all who share them otherwise", async () => {
    expect((await recall("Sharks", "20s")).name).toBe("Ken");
    await recall("Jets", "20s", "JH", "married");
    expect(active("name").sort()).toEqual(["John", "Lance"]);
  });

  it("a probe that fits nobody is answered by who fits best", async () => {
    // No Jet is a divorced bookie in his forties: Clyde differs in one point.
    expect((await recall("Jets", "40s", "JH", "divorced", "bookie")).name).toBe("Clyde");
  });
});

describe("graceful degradation", () => {
  it("a property that is cut off costs that property and no other", async () => {
    for (const lost of ofPerson("Lance")) {
      network.mend();
      network.cut([lost]);
      const found = known(await recall("Lance"));
      ofPerson("Lance").forEach((property, column) => {
        if (property !== lost) expect(found[column]).toBe(property);
      });
    }
  });

  it("a link that is cut is guessed from similar people: Lance is still a burglar", async () => {
    network.sever("_Lance", "burglar");
    expect((await recall("Lance")).occupation).toBe("burglar");
  });

  it("a person who is cut off is stood in for by one like him", async () => {
    network.cut(["_Lance"]);
    const found = await recall("Jets", "20s", "JH", "married");
    expect([found.name, found.occupation]).toEqual(["John", "burglar"]);
  });
});

describe("bad input", () => {
  it("a name that nobody has gets the nearest one", () => {
    expect(() => network.probe(["Arrt"])).toThrow('Unknown unit "Arrt": did you mean "Art"?');
    expect(() => network.cut(["_Kenn"])).toThrow('did you mean "_Ken"?');
    expect(() => network.probe(["1930S", "sharks"])).not.toThrow();
    expect(network.given).toEqual(["30s", "Sharks"]);
  });

  it("links that are none, and numbers out of range", async () => {
    expect(() => network.sever("Art", "Jets")).toThrow("Art and Jets have no link to cut");
    const device = await testDevice();
    await expect(Interactive.create(device, { values: { decay: -1 } })).rejects.toThrow(
      "must be a number from 0 to 1, but got -1",
    );
    await expect(Interactive.create(device, { values: { gama: 1 } })).rejects.toThrow(
      'did you mean "gamma"?',
    );
  });
});
