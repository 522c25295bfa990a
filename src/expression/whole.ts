/** Whole exponents: they are powers by multiplication, also of negative numbers. */
import { mostFactors } from "./functions";
import type { Expression } from "./syntax";

/** The exponent, where it is written as a whole number from −16 to 16. */
export function wholeExponent({ constant }: Expression): number | undefined {
  return constant !== undefined && Number.isInteger(constant) && Math.abs(constant) <= mostFactors
    ? constant
    : undefined;
}
