/** Numbers that may be very small: 0.0123, but 1.2·10⁻⁴. */
import { rough } from "../../src/view/format";

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function small(value: number): string {
  if (Math.abs(value) >= 1e-3 || value === 0) return rough(value);
  const [factor = "", power = ""] = value.toExponential(1).split("e-");
  const raised = [...power].map((digit) => superscripts[Number(digit)]).join("");
  return `${factor === "1.0" ? "" : `${rough(Number(factor))}·`}10⁻${raised}`;
}
