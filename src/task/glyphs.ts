/**
 * How people write the ten digits: for each digit a few ways, drawn by hand for this project as the points
 * that a pen passes through. People differ in kind (a 7 with a bar, an open or a closed 4), not only in
 * degree, so no random pose of one shape stands for them all.
 *
 * Notation: "x,y x,y …" is a smooth curve through points in a box of 100×100, y down; ">" is a corner, where
 * the next curve starts from the last point; "/" lifts the pen.
 */

/** A smooth run of the pen: points [x, y] in the unit box, y down. */
export type Run = readonly (readonly [number, number])[];

/** One way to write a digit: strokes, each a chain of runs that meet in corners. */
export type Glyph = readonly (readonly Run[])[];

const ways: readonly (readonly string[])[] = [
  [
    "56,3 32,10 18,48 28,86 50,98 74,86 83,50 72,14 50,3",
    "66,10 42,3 22,26 18,64 36,95 62,95 80,68 80,32 62,8 44,9",
    "50,2 30,24 27,70 48,98 70,78 74,30 56,4 40,8",
    "72,6 50,4 22,30 20,72 44,97 72,82 80,46 66,14 54,3",
  ],
  [
    "50,2 > 50,98",
    "52,2 49,50 > 49,98",
    "30,24 44,14 54,2 > 53,98",
    "34,20 > 53,2 > 52,97 / 28,97 74,96",
    "55,2 > 46,98",
  ],
  [
    "20,24 32,5 56,3 74,18 70,40 50,64 20,96 > 84,94",
    "20,22 36,4 62,4 76,22 68,46 44,74 27,92 17,87 28,77 50,86 66,96 86,88",
    "22,12 50,3 72,14 71,34 46,66 18,95 > 50,91 84,97",
    "18,30 24,10 50,2 72,12 72,34 56,56 34,78 28,92 > 54,95 80,92",
  ],
  [
    "20,12 46,2 72,12 70,34 42,46 > 72,54 81,76 60,97 18,88",
    "22,16 48,2 72,16 66,38 46,47 68,52 80,72 62,95 38,98 18,84",
    "20,5 > 76,4 > 44,40 72,48 82,72 60,97 18,90",
    "24,8 52,3 68,18 60,38 38,48 > 66,50 76,70 66,90 40,99 22,96",
  ],
  [
    "30,4 24,34 17,57 > 84,54 / 66,22 64,60 61,98",
    "62,98 > 64,2 > 16,67 > 86,66",
    "24,6 20,38 32,54 56,53 76,42 / 77,4 73,50 68,98",
    "30,6 22,48 > 50,53 78,49 / 72,3 > 66,98",
    "58,4 > 17,62 > 84,61 / 63,32 61,98",
  ],
  [
    "77,4 > 32,5 > 27,44 50,37 76,48 80,72 60,96 18,90",
    "34,5 > 27,46 56,37 80,56 74,86 46,98 18,88 / 33,5 82,3",
    "77,7 50,5 30,17 30,37 56,48 76,64 68,90 42,97 19,87",
    "38,8 > 30,42 > 54,44 74,60 70,86 44,98 18,94 / 38,8 60,8 84,2",
  ],
  [
    "66,3 38,24 22,60 32,91 58,97 78,78 66,57 42,59 25,77",
    "56,2 30,40 23,76 44,98 70,90 75,68 54,55 28,68",
    "40,2 27,40 24,78 48,98 74,86 72,62 48,54 26,72",
    "74,8 52,6 28,36 20,70 38,96 66,94 76,72 58,58 36,64 24,80",
  ],
  [
    "18,6 > 81,5 > 42,98",
    "18,7 > 80,5 60,44 > 44,98 / 32,54 74,50",
    "19,18 > 23,7 54,8 81,5 > 60,42 48,98",
    "18,8 50,10 > 78,5 > 56,98",
    "20,12 40,4 76,10 72,34 > 46,98",
  ],
  [
    "72,17 52,2 28,16 34,36 62,54 78,76 56,98 28,89 24,72 44,52 68,34 73,14",
    "50,48 29,36 30,11 52,2 71,12 70,36 50,48 / 50,48 24,62 25,90 50,98 78,88 76,62 50,48",
    "70,10 44,3 28,22 46,44 70,66 70,90 46,98 28,84 36,62 60,42 74,22 66,6",
    "74,14 54,3 32,14 36,36 66,58 76,80 54,98 28,86 32,62 60,40 70,26",
  ],
  [
    "74,26 58,4 34,7 22,29 34,50 58,46 74,26 > 73,60 66,98",
    "72,14 48,2 26,18 28,42 50,50 70,36 > 74,12 > 76,56 62,90 30,95",
    "70,20 48,3 26,22 34,46 60,42 71,16 > 64,52 52,98",
    "74,30 62,8 36,4 24,26 40,48 66,42 76,22 > 74,66 60,96 36,98 26,86",
  ],
];

function run(text: string, from: readonly [number, number] | undefined): Run {
  const points = text
    .trim()
    .split(/\s+/)
    .map((point): readonly [number, number] => {
      const [x, y] = point.split(",");
      return [Number(x) / 100, Number(y) / 100];
    });
  return from ? [from, ...points] : points;
}

function stroke(text: string): readonly Run[] {
  const runs: Run[] = [];
  for (const part of text.split(">")) runs.push(run(part, runs.at(-1)?.at(-1)));
  // A lone first point ("50,2 > …") only says where the next run starts.
  return runs.filter((points) => points.length > 1);
}

/** The ways to write each digit: glyphs[digit] is never empty. */
export const glyphs: readonly (readonly Glyph[])[] = ways.map((digit) =>
  digit.map((way) => way.split("/").map(stroke)),
);
