/** Random texts never throw anything but the language's own error, and what is taken can be written as WGSL and as files. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { ExpressionError, pointed } from "../../src/expression/error";
import { neuronFiles, ruleFiles } from "../../src/expression/files";
import { parseNeuron } from "../../src/expression/neuron";
import { parseRule } from "../../src/expression/rule";

/** What texts are made of, so that many get far before they fail. */
const pieces = [
  ..."w pre post dopamine I v' v = + - * / ^ ( ) < > <= == && || ! ? : , ' .. ; \n # // 1 0.5 1e-3 1e400 param let in when start dw".split(
    " ",
  ),
  ...'where( max( min( exp( relu( sigmoid( constructor __proto__ toString é 𝒳 \u0000 × ² { } [ ] \\ " `'.split(
    " ",
  ),
  "dw = pre * post",
  "param a = 1 in 0..2\n",
  "when v > 1: v = 0",
  "\n",
];

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join(" ")),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join("")),
);

it("1,000 random texts are taken or refused in a sentence with a place, and nothing else happens", () => {
  const outcomes = { taken: 0, refused: 0 };
  const tryOne = (text: string, use: () => void) => {
    try {
      use();
      outcomes.taken++;
    } catch (error) {
      expect(error, JSON.stringify(text)).toBeInstanceOf(ExpressionError);
      const { line, column, message, span } = error as ExpressionError;
      expect(message).toMatch(/^Expected .+[.?]$/s);
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(span.start).toBeLessThanOrEqual(text.length);
      expect(pointed(text, error as ExpressionError)).toContain("^");
      outcomes.refused++;
    }
  };
  fc.assert(
    fc.property(texts, (text) => {
      tryOne(text, () => ruleFiles(parseRule(text), "any", 0.1));
      tryOne(text, () => neuronFiles(parseNeuron(text), "any"));
    }),
    { numRuns: 1000, seed: 5 },
  );
  expect(outcomes.taken).toBeGreaterThan(5);
  expect(outcomes.refused).toBeGreaterThan(1500);
});
