/**
 * A data set from pictures: one folder for each class, its name the class's; within folders train and test (or val) where
 * someone has split them already.
 */
import type { Dataset } from "./dataset";
import { type Allowance, breathe, namesTest, type OwnFile, type OwnOptions } from "./own-file";
import { greySquare } from "./own-grey";
import { pictureFacts } from "./own-picture-size";
import { datasetOf, mostClasses, stratified } from "./own-split";

/** Pixels of the largest picture that is decoded: 256 MiB. */
const mostPixels = 2 ** 26;

/** Pictures decoded at a time. */
const together = 4;

const usualSide = 28;

/** What a picture's folders say of it. */
function placeOf({ path }: OwnFile): { className: string; isTest: boolean } {
  const folders = path.split("/").slice(0, -1);
  const className = folders.at(-1);
  if (className === undefined)
    throw new Error(`${path}: expected pictures in one folder for each class, found it in none.`);
  return { className, isTest: folders.slice(0, -1).some(namesTest) };
}

/** Rejects with one sentence that says which picture is not as expected. */
export async function readPictures(
  files: readonly OwnFile[],
  options: OwnOptions,
  allowance: Allowance,
  name: string,
): Promise<Dataset> {
  const { decodeImage, side = usualSide, progress } = options;
  if (!decodeImage)
    throw new Error(
      `${files[0]!.path}: pictures can't be decoded here; drop them on the page, or bring them as a CSV or as IDX files.`,
    );
  const places = files.map(placeOf);
  const classNames = [...new Set(places.map(({ className }) => className))].sort();
  if (classNames.length > mostClasses)
    throw new Error(
      `${name}: expected at most ${mostClasses} folders of pictures, found ${classNames.length}.`,
    );
  allowance.check(files.length * side * side, `The data set of ${name}`);
  const data = new Uint8Array(files.length * side * side);
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < files.length) {
      const at = next++;
      data.set(greySquare(await decoded(files[at]!, decodeImage, allowance), side), at * side * side);
      progress?.(++done, files.length);
      if (done % 16 === 0) await breathe();
    }
  };
  await Promise.all(Array.from({ length: together }, work)).catch((error: unknown) => {
    next = files.length; // the others stop too
    throw error;
  });
  const labels = Uint8Array.from(places, ({ className }) => classNames.indexOf(className));
  const told = places.some(({ isTest }) => isTest);
  return datasetOf(
    {
      ...{ name, classNames, shape: [side, side], type: "u8" },
      done: `pictures squeezed to ${side}×${side} values of grey`,
      ...{ labels, told },
      isTest: told
        ? Uint8Array.from(places, ({ isTest }) => Number(isTest))
        : stratified(labels, classNames.length, options),
      copy: (sample, target, to) =>
        target.set(data.subarray(sample * side * side, (sample + 1) * side * side), to),
    },
    allowance,
  );
}

async function decoded(file: OwnFile, decode: NonNullable<OwnOptions["decodeImage"]>, allowance: Allowance) {
  const bytes = await allowance.read(file);
  const facts = pictureFacts(bytes);
  if (!facts)
    throw new Error(`${file.path}: expected a PNG, JPEG or WebP picture, found a file of another kind.`);
  const { width, height, type } = facts;
  if (width === 0 || height === 0 || width * height > mostPixels)
    throw new Error(
      `${file.path}: expected a picture of 1 to ${mostPixels} pixels, found ${width}×${height}.`,
    );
  const picture = await decode(bytes, type).catch((reason: unknown) => {
    throw new Error(
      `${file.path}: expected a whole picture, found one that can't be decoded (${reason instanceof Error ? reason.message : reason}); get it again.`,
    );
  });
  const { rgba } = picture;
  if (rgba.length !== 4 * picture.width * picture.height)
    throw new Error(
      `${file.path}: expected ${4 * picture.width * picture.height} bytes from the decoder for ${picture.width}×${picture.height} pixels, found ${rgba.length}.`,
    );
  return picture;
}
