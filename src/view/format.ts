/** Numbers for people: few digits, thin spaces between thousands, a true minus sign. */

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

const spaced = (text: string) => text.replaceAll(",", "\u202f").replace("-", "\u2212");

/** 12 345 */
export const count = (value: number): string => spaced(whole.format(value));

/** Three significant digits: 12 300, 0.0123. */
export const rough = (value: number): string => spaced(short.format(value));

const powers = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** With its sign, and as a power of ten where zeros would hide the digits: +0.0123, −4.5 × 10⁻⁷. */
export function signed(value: number): string {
  if (value === 0) return "0";
  const sign = value > 0 ? "+" : "\u2212";
  const size = Math.abs(value);
  if (size >= 1e-4 || !Number.isFinite(value)) return `${sign}${rough(size)}`;
  const power = Math.floor(Math.log10(size));
  const digits = [...String(-power)].map((digit) => powers[Number(digit)]).join("");
  return `${sign}${rough(size / 10 ** power)}\u202f×\u202f10\u207b${digits}`;
}

/** A fraction as 97.3 %. */
export const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)}\u202f%`;

export const degrees = (angle: number): string => `${angle.toFixed(0)}°`;

/** Megabytes, as the network and the disk count them. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)}\u202fMB`;

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
