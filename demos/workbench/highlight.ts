/** Highlight: a text as spans of few kinds, for the layer behind the editor and for the WGSL beside it. */
import { h } from "../../src/view/dom";

type Kind = "comment" | "number" | "word" | "seen" | "call" | "plain";

/** What a language's words look like. */
export interface Colouring {
  readonly words: ReadonlySet<string>;
  /** Names given from outside. */
  readonly seen: ReadonlySet<string>;
}

const piece = /(\/\/[^\n]*|#[^\n]*)|(\d[\w.]*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)(?=(\s*\()?)|[^\w#/]+|./gisu;

export const wgsl: Colouring = {
  words: new Set(["fn", "let", "var", "return", "if", "struct", "ptr", "function", "f32", "bool"]),
  seen: new Set(),
};

/** A stretch of the text to be marked as wrong. */
export interface Mark {
  readonly start: number;
  readonly end: number;
}

/** @param mark what is wrong, if anything is; at the text's end a blank is marked */
export function highlight(text: string, { words, seen }: Colouring, mark?: Mark): Node[] {
  const nodes: Node[] = [];
  for (const match of text.matchAll(piece)) {
    const [whole, comment, number, name, call] = match;
    const kind: Kind = comment
      ? "comment"
      : number
        ? "number"
        : !name
          ? "plain"
          : words.has(name)
            ? "word"
            : seen.has(name)
              ? "seen"
              : call
                ? "call"
                : "plain";
    for (const { part, wrong } of cut(whole, match.index, mark)) nodes.push(span(part, kind, wrong));
  }
  if (mark && mark.start >= text.length) nodes.push(span("\u00a0", "plain", true));
  return nodes;
}

function span(text: string, kind: Kind, wrong: boolean): Node {
  if (kind === "plain" && !wrong) return document.createTextNode(text);
  return h("span", { class: `code-${kind}${wrong ? " code-wrong" : ""}` }, text);
}

/** A piece in parts: before, within and after the mark. */
function cut(whole: string, at: number, mark: Mark | undefined): { part: string; wrong: boolean }[] {
  if (!mark || mark.end <= at || mark.start >= at + whole.length) return [{ part: whole, wrong: false }];
  const [from, to] = [Math.max(0, mark.start - at), Math.min(whole.length, mark.end - at)];
  return [
    { part: whole.slice(0, from), wrong: false },
    { part: whole.slice(from, to), wrong: true },
    { part: whole.slice(to), wrong: false },
  ].filter(({ part }) => part !== "");
}
