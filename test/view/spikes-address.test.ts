/** The address of the spiking stage. Oracle: what is written is read back the same, and nothing that can be typed throws. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, paces, readAddress, spans, writeAddress } from "../../demos/spikes/address";
import { choices } from "../../demos/spikes/networks";

describe("the spiking stage's address", () => {
  it("is read back as it was written, for every network", () => {
    for (const choice of choices) {
      const { name } = choice.network(choice.scales[0]!, 1).populations.at(-1)!;
      const asked: Asked = {
        choice,
        scale: choice.scales.at(-1)!,
        seed: 4_294_967_295,
        span: spans[0]!,
        pace: paces[1]!,
        into: name,
        stimulus: choice.pulse.step,
        sliders: Object.fromEntries(choice.sliders.map(({ key, min, step }) => [key, min + step])),
        watch: [
          { population: name, neuron: 3 },
          { population: name, neuron: 0 },
        ],
      };
      expect(readAddress(writeAddress(asked))).toEqual({ asked, complaints: [] });
    }
  });

  it("opens with the network that a page asks for, or the first with a sentence", () => {
    expect(readAddress("", "microcircuit").asked.choice.key).toBe("microcircuit");
    expect(readAddress("?model=brunel", "microcircuit").asked.choice.key).toBe(
      "brunel-asynchronous-irregular",
    );
    const { asked, complaints } = readAddress("?model=brunel-sdtp&scale=0.25&seed=7");
    expect(asked).toEqual({ choice: choices[0], scale: 0.25, seed: 7, sliders: {} });
    expect(complaints).toEqual([expect.stringMatching(/did you mean "brunel-stdp"/)]);
  });

  it("leaves out what can't be used, with a sentence each, and keeps the rest", () => {
    const search =
      "?model=microcircuit&scale=3&seed=-1&background=noise&span=7&pace=x&into=L9&stimulus=1e9&g=3&input=NaN&watch=L4E.1,L4E";
    const { asked, complaints } = readAddress(search);
    expect(asked).toEqual({ choice: choices.at(-1), sliders: { g: 3 } });
    expect(complaints).toHaveLength(9);
    for (const one of complaints)
      expect(one).toMatch(/^The address sets \w+ to “.*”, but it must be .+; it is left out\.$/);
  });

  it("never throws, and complains of nothing that it wrote itself", () => {
    const names = [
      "model",
      "scale",
      "seed",
      "span",
      "pace",
      "into",
      "stimulus",
      "g",
      "weights",
      "watch",
      "background",
    ];
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom(...choices.map(({ key }) => key)),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), value)), (pairs) => {
        const { asked } = readAddress(`?${new URLSearchParams(pairs)}`);
        expect(readAddress(writeAddress(asked))).toEqual({ asked, complaints: [] });
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => void readAddress(text)),
      { numRuns: 300 },
    );
  });
});
