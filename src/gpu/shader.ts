/**
 * Shader: WGSL files joined by `#import`, each line remembering the file it came from.
 *
 * `#import lib/random` pulls shaders/lib/random.wgsl in, once. `#import ACTIVATION` (capitals) is a slot that the
 * host fills with another file or with generated text. There is no `#ifdef`: numbers are `override` constants
 * and functions are slots, so what is compiled is always text that a person can read in one piece.
 */
const library: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("../../shaders/**/*.wgsl", { query: "?raw", import: "default", eager: true }),
  ).map(([path, text]) => [path.replace(/^.*?shaders\/(.*)\.wgsl$/, "$1"), text]),
);

/** What fills a slot: the path of a shader under shaders/ without its ending, or text with a name for errors. */
export type Slot = string | { readonly name: string; readonly text: string };

/** Joined WGSL and, for each of its lines, where that line was written. */
export interface LinkedShader {
  readonly name: string;
  readonly code: string;
  readonly origin: readonly { readonly file: string; readonly line: number }[];
}

/** The text of one file, as written. @throws when there is none of that name */
export function shaderText(name: string): string {
  const text = library[name];
  if (text === undefined) throw new Error(`There is no shaders/${name}.wgsl; add it or mend the name.`);
  return text;
}

/** The text that fills a slot, as written. @throws when there is no shader of that path */
export const slotText = (slot: Slot): string => (typeof slot === "string" ? shaderText(slot) : slot.text);

/** Where that text stands, for errors. */
export const slotName = (slot: Slot): string =>
  typeof slot === "string" ? `shaders/${slot}.wgsl` : `<${slot.name}>`;

const importLine = /^\s*#import\s+(\S+)\s*$/;

/**
 * Joins the shader `name` with everything that it imports.
 * @param slots what stands in for each `#import CAPITALS`
 * @param sources the files to draw from, by path without ending; the repository's shaders by default
 * @throws when a file or a slot is unknown, with the file and line that asked for it
 */
export function linkShader(
  name: string,
  slots: Readonly<Record<string, Slot>> = {},
  sources: Readonly<Record<string, string>> = library,
): LinkedShader {
  const lines: string[] = [];
  const origin: { file: string; line: number }[] = [];
  const included = new Set<string>();

  const include = (path: string, text: string | undefined, asker: string) => {
    if (included.has(path)) return;
    included.add(path);
    if (text === undefined)
      throw new Error(
        `${asker} imports "${path}", but there is no shaders/${path}.wgsl; add it or mend the name.`,
      );
    const file = path.startsWith("<") ? path : `shaders/${path}.wgsl`;
    text.split("\n").forEach((line, index) => {
      const wanted = importLine.exec(line)?.[1];
      if (wanted === undefined) {
        lines.push(line);
        origin.push({ file, line: index + 1 });
      } else if (/^[A-Z_]+$/.test(wanted)) {
        const slot = slots[wanted];
        if (slot === undefined)
          throw new Error(`${file}:${index + 1} has the slot ${wanted}, but nothing was given to fill it.`);
        if (typeof slot === "string") include(slot, sources[slot], `${file}:${index + 1} (slot ${wanted})`);
        else include(`<${slot.name}>`, slot.text, file);
      } else {
        include(wanted, sources[wanted], `${file}:${index + 1}`);
      }
    });
  };
  include(name, sources[name], "the host");
  return { name, code: lines.join("\n"), origin };
}

/** A compiler's messages, each at the file and line where its text was written. */
export function describeMessages(shader: LinkedShader, messages: readonly GPUCompilationMessage[]): string {
  return messages
    .map(({ lineNum, linePos, message }) => {
      const at = shader.origin[lineNum - 1];
      const where = at ? `${at.file}:${at.line}:${linePos}` : shader.name;
      return `${where} ${message.trim()}\n    ${shader.code.split("\n")[lineNum - 1]?.trim() ?? ""}`;
    })
    .join("\n");
}
