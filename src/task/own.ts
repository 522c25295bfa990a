/**
 * Own data: a data set from whatever files someone has. What they are is told by their names and, failing these, by their
 * contents; each format has a file of its own.
 */
import type { Dataset } from "./dataset";
import { readCsv } from "./own-csv";
import { Allowance, lastPart, type OwnFile, type OwnOptions } from "./own-file";
import { readIdx } from "./own-idx";
import { readPictures } from "./own-pictures";
import { filesInZip, isZip } from "./own-zip";

export type { OwnFile, OwnOptions, Picture } from "./own-file";

const usualLimit = 2 ** 30;
const mostSide = 256;

const kinds = {
  "IDX file": readIdx,
  picture: readPictures,
  CSV: readCsv,
} as const;
type Kind = keyof typeof kinds;

/** What a file is by its name, which may end in .gz. */
function kindByName(path: string): Kind | undefined {
  const name = lastPart(path).replace(/\.gz$/i, "");
  if (/\.(png|jpe?g|webp)$/i.test(name)) return "picture";
  if (/\.(csv|tsv)$/i.test(name)) return "CSV";
  return /idx\d|ubyte|\.idx$/i.test(name) ? "IDX file" : undefined;
}

/** What a file is by its first bytes: IDX begins with two zeros; a text without any may be a table. */
function kindByContents(bytes: Uint8Array): Kind | undefined {
  if (bytes.length > 4 && bytes[0] === 0 && bytes[1] === 0) return "IDX file";
  const start = bytes.subarray(0, 4096);
  return start.length > 0 && !start.includes(0) ? "CSV" : undefined;
}

/** Files that systems leave lying about. */
const isLitter = ({ path }: OwnFile): boolean =>
  path.split("/").some((part) => part === "__MACOSX" || part.startsWith(".")) ||
  /^(thumbs\.db|desktop\.ini)$/i.test(lastPart(path));

/** Files without names that tell: no more of them are looked into. */
const mostLookedInto = 16;

/**
 * A data set from someone's own files: a CSV or several (`train.csv`, `test.csv`), IDX files, or a folder of pictures with one
 * folder in it for each class; or a zip of any of these. Where they don't say what to test on, a share of every class is chosen
 * by the seed.
 * @returns samples whose `title` says what was done with them; pictures are u8 [side, side], columns f32
 * @throws one sentence that says which file and where in it, what was expected and what was found; nothing is kept then
 */
export async function readOwnData(files: readonly OwnFile[], options: OwnOptions = {}): Promise<Dataset> {
  checkOptions(options);
  const allowance = new Allowance(options.limitBytes ?? usualLimit);
  const all = (await withoutZips(files, allowance)).filter((file) => !isLitter(file));
  if (all.length === 0)
    throw new Error(
      `Expected a CSV, IDX files or a folder of pictures, found ${files.length === 0 ? "no file" : "no file that is any of these"}.`,
    );
  const sorted = new Map<Kind | undefined, OwnFile[]>();
  for (const file of all) {
    const kind = kindByName(file.path);
    const same = sorted.get(kind);
    if (same) same.push(file);
    else sorted.set(kind, [file]);
  }
  const known = (Object.keys(kinds) as Kind[]).filter((kind) => sorted.has(kind));
  if (known.length > 1)
    throw new Error(
      `Expected files of one kind, found ${known.map((kind) => `${sorted.get(kind)!.length} of the kind ${kind}, such as ${sorted.get(kind)![0]!.path}`).join(", and ")}; drop one kind at a time.`,
    );
  const [kind] = known;
  const chosen = kind ? { kind, files: sorted.get(kind)! } : await lookedInto(all, allowance);
  return kinds[chosen.kind](chosen.files, options, allowance, nameOf(files));
}

function checkOptions({ testShare = 0.5, side = 1, seed = 0, limitBytes = 1 }: OwnOptions): void {
  if (!(testShare > 0 && testShare < 1))
    throw new Error(`The share to test on must be above 0 and below 1, but is ${testShare}.`);
  if (!Number.isInteger(side) || side < 1 || side > mostSide)
    throw new Error(`The side of pictures must be a whole number from 1 to ${mostSide}, but is ${side}.`);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new Error(`The seed must be a whole number from 0 to 4294967295, but is ${seed}.`);
  if (!(limitBytes > 0))
    throw new Error(`The limit must be a number of bytes above 0, but is ${limitBytes}.`);
}

/** The files with each zip replaced by what is in it. */
async function withoutZips(files: readonly OwnFile[], allowance: Allowance): Promise<OwnFile[]> {
  const all: OwnFile[] = [];
  for (const file of files) {
    if (!/\.zip$/i.test(file.path)) {
      all.push(file);
      continue;
    }
    const zip = await allowance.read(file);
    if (!isZip(zip))
      throw new Error(`${file.path}: expected a zip file, found one of another kind; get it again.`);
    all.push(...filesInZip(zip, file.path, allowance));
  }
  return all;
}

/** What files without telling names are. */
async function lookedInto(files: readonly OwnFile[], allowance: Allowance) {
  const found = new Map<Kind, OwnFile[]>();
  for (const file of files.slice(0, mostLookedInto)) {
    const bytes = await allowance.read(file);
    const kind = kindByContents(bytes);
    // It is counted already: it is not read again.
    const again = { path: file.path, size: 0, bytes: async () => bytes };
    if (kind) found.set(kind, [...(found.get(kind) ?? []), again]);
  }
  const [first] = (["IDX file", "CSV"] as const).filter((kind) => found.has(kind));
  if (first) return { kind: first, files: found.get(first)! };
  throw new Error(
    `${files[0]!.path}: expected a CSV, an IDX file, a PNG, JPEG or WebP picture, or a zip of these, found a file of another kind.`,
  );
}

/** What the data are called: their folder, else their file without its ending. */
function nameOf(files: readonly OwnFile[]): string {
  const [first] = files;
  const top = first!.path.split("/").filter((part) => part !== "" && part !== ".")[0] ?? "data";
  return top.replace(/\.(gz|zip)$/i, "").replace(/\.(csv|tsv|txt|data|idx)$/i, "") || "data";
}
