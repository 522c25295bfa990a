/** The marks that the picture is made of: SVG elements, and the tint of a signed value that follows light and dark by itself. */

const namespace = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * The colour of a signed value, from its ground to blue or vermilion.
 * @param most the size at which the colour is full
 * @param ground the colour at 0, as CSS writes it
 * @param full how much of the pure colour that is, in per cent: less where words stand on it
 * @param least how much of it the smallest value has
 */
export function tint(
  value: number,
  most: number,
  { ground = "var(--paper)", full = 100, least = 0 }: { ground?: string; full?: number; least?: number } = {},
): string {
  const share = least + (full - least) * Math.min(1, Math.abs(value) / most);
  return `color-mix(in srgb, var(${value < 0 ? "--negative" : "--positive"}) ${share.toFixed(1)}%, ${ground})`;
}

/** A number as it stands on a neuron or beside an edge: two places, a true minus sign. */
export const brief = (value: number): string => {
  const text = value.toFixed(2).replace("-", "\u2212");
  return text === "\u22120.00" ? "0.00" : text;
};
