/** `engram recall`: what the Jets and Sharks network remembers of a name, or of some properties. */
import { findUnit, Interactive, layoutOf, type PoolState } from "../experiment/interactive";
import { type Command, UsageError } from "./command";
import { openTerminalDevice } from "./open";
import { asUsage, names, text, whole } from "./options";
import { plural, table } from "./text";

/** By then each of the 27 names has brought back all its properties; likeness starts to overrule them later. */
const usualCycles = 50;

const listed = 5;

/** The strongest units of each pool, the persons left out, as they say the same as the names. */
function rows(pools: readonly PoolState[]): string[][] {
  return pools
    .filter(({ pool }) => pool !== "person")
    .map(({ pool, units }) => {
      const active = units.filter(({ activation }) => activation > 0);
      const told = active.slice(0, listed).map(({ name, activation }) => `${name} ${activation.toFixed(2)}`);
      const more = active.length > listed ? `, and ${active.length - listed} more` : "";
      return [`  ${pool}`, told.length > 0 ? told.join(", ") + more : "nothing above zero"];
    });
}

/** `Art` is a unit, `_Lance:burglar` a link. */
function cutAll(network: Interactive, wanted: readonly string[]): void {
  for (const one of wanted) {
    const ends = one.split(":");
    if (ends.length > 2) throw new UsageError(`--cut takes a unit, or a link UNIT:UNIT, but got "${one}".`);
    if (ends.length === 2) asUsage(() => network.sever(ends[0]!, ends[1]!));
    else network.cut(ends);
  }
}

export const recallCommand: Command = {
  name: "recall",
  summary: "ask the Jets and Sharks network for a person by name or by properties",
  help: `Asks a network of 27 people for one of them (McClelland 1981). Units for names, properties and persons excite
those they are linked to and inhibit their rivals, a cycle at a time.

Usage: engram recall --name NAME | --properties LIST [--cut LIST] [--cycles N | --settle] [--json]

  --name NAME         a person: Art, Al, Sam, …
  --properties LIST   Jets, Sharks; 20s, 30s, 40s; JH, HS, COL; single, married, divorced; pusher, burglar, bookie
  --cut LIST          units that are missing: a property, a name, a person (_Art), or a link (_Lance:burglar)
  --cycles N          how many cycles; default ${usualCycles}, in which every name brings back all its properties
  --settle            until the units rest; by then likeness may outweigh memory
  --json              one object {probe, cut, cycles, settled, pools}, each pool's units the most active first

  engram recall --name Art
  engram recall --properties Sharks,20s
  engram recall --name Lance --cut _Lance:burglar
`,
  options: {
    name: { type: "string" },
    properties: { type: "string" },
    cut: { type: "string" },
    cycles: { type: "string" },
    settle: { type: "boolean" },
  },
  async run(values, { stdout, json }) {
    const probe = [...(names(values, "name") ?? []), ...(names(values, "properties") ?? [])];
    if (probe.length === 0)
      throw new UsageError("engram recall needs --name NAME or --properties LIST; see engram recall --help.");
    const cut = names(values, "cut") ?? [];
    const cycles = whole(values, "cycles", 1, 100_000);
    if (values.settle === true && cycles !== undefined)
      throw new UsageError(
        "--settle runs until the units rest, so it takes no --cycles; leave one of them out.",
      );
    const layout = layoutOf();
    asUsage(() => {
      for (const one of [...probe, ...cut.flatMap((place) => place.split(":"))]) findUnit(layout, one);
    });
    if (text(values, "name") !== undefined) asUsage(() => checkName(layout, text(values, "name")!));

    const network = await Interactive.create(await openTerminalDevice(), { layout });
    cutAll(network, cut);
    network.probe(probe);
    const { settled } = await network.settle(values.settle === true ? 100_000 : (cycles ?? usualCycles));
    const pools = network.strongest();
    const asked = network.given;
    if (json) {
      const shown = { probe: asked, cut, cycles: network.cycles, settled };
      stdout.write(
        `${JSON.stringify({ ...shown, pools: Object.fromEntries(pools.map(({ pool, units }) => [pool, units])) })}\n`,
      );
    } else {
      const without = cut.length > 0 ? `, without ${cut.join(", ")}` : "";
      const rest = settled ? ", at rest" : "";
      stdout.write(`${asked.join(", ")}${without}: after ${plural(network.cycles, "cycle")}${rest}\n`);
      stdout.write(table(rows(pools)));
    }
    network.destroy();
    return 0;
  },
};

/** @throws when --name is a property */
function checkName(layout: ReturnType<typeof layoutOf>, typed: string): void {
  const { name, pool } = layout.units[findUnit(layout, typed)]!;
  if (pool !== "name" && pool !== "person")
    throw new Error(`--name takes a person's name, but ${name} is a property; use --properties ${name}.`);
}
