/** MathML in a few words: a letter with its index, a sign, a number under a letter. */

const namespace = "http://www.w3.org/1998/Math/MathML";

function element(tag: string, ...children: (Node | string)[]): Element {
  const made = document.createElementNS(namespace, tag);
  made.append(...children);
  return made;
}

/** An equation, or one piece of it that may begin a line. */
export const math = (...children: Element[]): Element => element("math", ...children);

export function sign(text: string): Element {
  const made = element("mo", text);
  made.setAttribute("stretchy", "false"); // the numbers below are not what is in brackets
  return made;
}

/** A letter, word or figure, with an index at its foot if it has one. */
export function named(letter: string, index = ""): Element {
  const body = element(/^\d/.test(letter) ? "mn" : letter.length > 2 ? "mtext" : "mi", letter);
  return index === "" ? body : element("msub", body, element(/^\d+$/.test(index) ? "mn" : "mtext", index));
}

/** Something to a power. */
export const power = (base: Element, exponent: string): Element =>
  element("msup", base, element("mn", exponent));

/** A number under a letter. @param key names the number for those who look it up in the page */
export function under(letter: Element, number: string, key?: string): Element {
  const below = element("mtext", number || "\u2007");
  if (key) below.setAttribute("data-number", key);
  return element("munder", letter, below);
}
