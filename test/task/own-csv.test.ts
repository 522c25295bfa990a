/** Tables of someone's own. Oracles: values known beforehand, and the definition of mean and standard deviation. */
import { describe, expect, it } from "vitest";
import { readOwnData } from "../../src/task/own";
import { csvRows } from "../../src/task/own-csv-rows";
import { fileOf } from "./own-files";

const read = (text: string | Uint8Array, options = {}, name = "flowers.csv") =>
  readOwnData([fileOf(name, text)], options);

async function rowsOf(text: string) {
  const rows = [];
  for await (const some of csvRows(new TextEncoder().encode(text), "t.csv")) rows.push(...some);
  return rows.map(({ cells }) => cells);
}

/** 12 rows of two classes. */
const rows = Array.from({ length: 12 }, (_, i) => [i, 10 * i + (i % 2), i % 2 ? "rose" : "iris"] as const);
const body = rows.map((row) => row.join(",")).join("\n");

describe("rows of a CSV", () => {
  it("holds delimiters, quotes and line ends in quoted cells, and any line ends and delimiter", async () => {
    expect(await rowsOf('a,"b, ""c""\nd",\r\n\n1,2,3')).toEqual([
      ["a", 'b, "c"\nd', ""],
      ["1", "2", "3"],
    ]);
    expect(await rowsOf('a;"1,5"\r\n"x";2,5\r\n')).toEqual([
      ["a", "1,5"],
      ["x", "2,5"],
    ]);
    expect(await rowsOf("a\tb\nc\td")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(await rowsOf("")).toEqual([]);
    expect(await rowsOf('\ufeffa,""')).toEqual([["a", ""]]);
  });

  it("is the same across stretches of the file, wherever they are cut", async () => {
    const cells = Array.from({ length: 40_000 }, (_, i) => [`${i}`, `é"${i},\n`, `ü${"x".repeat(i % 17)}`]);
    const text = cells.map(([a, b, c]) => `${a},"${b!.replace(/"/g, '""')}",${c}`).join("\r\n");
    expect(text.length).toBeGreaterThan(2 ** 19);
    expect(await rowsOf(text)).toEqual(cells);
  });
});

describe("a table", () => {
  it("standardises columns by the training rows alone, and splits by class", async () => {
    const { train, test, ...facts } = await read(`width,height,species\n${body}`, {
      testShare: 1 / 3,
      seed: 4,
    });
    expect(facts).toMatchObject({ inputs: 2, shape: [2], classes: 2, classNames: ["iris", "rose"] });
    expect(facts).toMatchObject({ name: "own:flowers", synthetic: false });
    expect(facts.title).toBe(
      'flowers: 2 columns standardised by the training rows, the class from column 3 ("species"); 8 samples of 2 classes to learn from and 4 to test on, chosen by chance',
    );
    expect([train.count, test.count]).toEqual([8, 4]);
    for (const split of [train, test]) {
      expect(split.data).toBeInstanceOf(Float32Array);
      expect(split.labels.filter((label) => label === 1)).toHaveLength(split.count / 2);
    }
    for (const column of [0, 1]) {
      const values = Array.from({ length: 8 }, (_, row) => train.data[2 * row + column]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / 8;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8);
      expect(mean).toBeCloseTo(0, 6);
      expect(spread).toBeCloseTo(1, 6);
    }
    // Every row is in one split: undoing the standardisation of the first column gives 0 … 11 in equal steps.
    const all = [...train.data, ...test.data].filter((_, i) => i % 2 === 0).sort((a, b) => a - b);
    const step = (all[11]! - all[0]!) / 11;
    all.forEach((value, i) => {
      expect(value).toBeCloseTo(all[0]! + i * step, 5);
    });
  });

  it("is split the same by the same seed, otherwise by another", async () => {
    const labels = async (seed: number) => (await read(body, { seed })).test.data.join();
    expect(await labels(1)).toBe(await labels(1));
    expect(new Set(await Promise.all([1, 2, 3, 4, 5, 6].map(labels))).size).toBeGreaterThan(1);
  });

  const numbers = (row: (i: number) => (number | string)[], header = "") =>
    header + Array.from({ length: 20 }, (_, i) => row(i).join(",")).join("\n");
  it.each([
    ["without a header", body, "column 3", ["iris", "rose"]],
    [
      "named label",
      numbers((i) => [i, i % 4, i * i], "a,Label,c\n"),
      'column 2 ("Label")',
      ["0", "1", "2", "3"],
    ],
    [
      "named class beside a y",
      numbers((i) => [i, i / 3, i % 2], "x,y,class\n"),
      'column 3 ("class")',
      ["0", "1"],
    ],
    ["first, few whole numbers", numbers((i) => [10 - 5 * (i % 3), i / 7]), "column 1", ["0", "5", "10"]],
    ["last, few whole numbers", numbers((i) => [i / 7, i % 3]), "column 2", ["0", "1", "2"]],
    [
      "first, beside a constant last",
      numbers((i) => [i % 5, i / 3, 0]),
      "column 1",
      ["0", "1", "2", "3", "4"],
    ],
    ["words before numbers", numbers((i) => [i % 2 ? "b" : "a", i, i % 2]), "column 1", ["a", "b"]],
  ])("finds the class %s", async (_, text, column, classNames) => {
    const dataset = await read(text);
    expect(dataset.title).toContain(`the class from ${column};`);
    expect(dataset.classNames).toEqual(classNames);
  });

  it("leaves a column of row numbers out, takes decimal commas, and a column that never varies as 0", async () => {
    const german = `Id;breite;immer;y\n${rows.map(([i, , c]) => `${i};${i},5;7;${c}`).join("\n")}`;
    const { inputs, train } = await read(german);
    expect(inputs).toBe(2);
    expect(train.data.filter((_, i) => i % 2 === 1)).toEqual(new Float32Array(train.count));
    expect(train.data.some((value) => value !== 0)).toBe(true);
  });

  it("takes train.csv and test.csv as they are split, the header of each passed over", async () => {
    const part = (name: string, from: number, to: number) =>
      fileOf(
        `bag/${name}.csv`,
        `x,y\n${rows
          .slice(from, to)
          .map(([i, , c]) => `${i},${c}`)
          .join("\n")}`,
      );
    const { name, title, train, test } = await readOwnData([part("test", 8, 12), part("train", 0, 8)]);
    expect(name).toBe("own:bag");
    expect(title).toContain("as the files say");
    expect([...train.labels]).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(test.count).toBe(4);
    const [mean, spread] = [3.5, Math.sqrt(5.25)]; // of 0 … 7
    expect([...test.data].map((value) => value * spread + mean)).toEqual(
      [8, 9, 10, 11].map((value) => expect.closeTo(value, 5)),
    );
  });

  it("keeps square pictures as bytes", async () => {
    const pixel = (i: number, at: number) => (i * 37 + at * 11) % 256;
    const text = numbers((i) => [i % 2, ...Array.from({ length: 64 }, (_, at) => pixel(i, at))]);
    const { shape, train, title } = await read(text);
    expect(shape).toEqual([8, 8]);
    expect(title).toContain("64 columns taken as 8×8 pixels");
    expect(train.data).toBeInstanceOf(Uint8Array);
    const known = Array.from({ length: 20 }, (_, i) =>
      Array.from({ length: 64 }, (_, at) => pixel(i, at)).join(),
    );
    for (let row = 0; row < train.count; row++)
      expect(known).toContain(train.data.slice(64 * row, 64 * row + 64).join());
  });

  it("reads UTF-16, a tab-separated file and a gzipped one alike", async () => {
    const wide = new Uint8Array(Buffer.from(`\ufeff${body}`, "utf16le"));
    const { gzipSync } = await import("node:zlib");
    const plain = await read(body);
    for (const [name, bytes] of [
      ["flowers.csv", wide],
      ["flowers.tsv", new TextEncoder().encode(body.replaceAll(",", "\t"))],
      ["flowers.csv.gz", new Uint8Array(gzipSync(body))],
      ["flowers.data", new TextEncoder().encode(body)],
    ] as const)
      expect(await read(bytes, {}, name)).toEqual(plain);
  });
});

describe("a table that is not as expected is refused with one sentence", () => {
  it.each([
    ["empty", "", /flowers\.csv.*two rows at least, found none/],
    ["a header alone", "a,b,label", /two rows at least, found one/],
    ["one column", "1\n2\n3", /row 1: expected two columns at least, found one \("1"\)/],
    ["a short row", `${body}\n1,2`, /flowers\.csv, row 13: expected 3 columns as in the first row, found 2/],
    [
      "a word",
      body.replace("\n5,", "\nfive,"),
      /row 6, column 1: expected a number, found "five"; only the class/,
    ],
    [
      "a gap",
      `x,z,species\n${body.replace("\n5,", "\n,")}`,
      /row 7, column 1 \("x"\): expected a number, found nothing/,
    ],
    [
      "a gap in the class",
      "x,y\n1,a\n2,a\n3,\n4,b\n5,b",
      /row 4, column 2 \("y"\): expected a class, found nothing/,
    ],
    ["infinity", body.replace("\n5,", "\nInfinity,"), /row 6, column 1: expected a number, found "Infinity"/],
    [
      "more than f32 holds",
      body.replace("\n5,", "\n1e39,"),
      /row 6, column 1: expected a number, found "1e39"/,
    ],
    ["an open quote", `${body}\n1,2,"rose`, /row 13: expected the row to end, found none; a quote/],
    [
      "text after a quote",
      `${body}\n1,2,"rose"x`,
      /row 13, column 3: expected "," after the closing quote, found "x"/,
    ],
    ["one class", "x,label\n1,a\n2,a\n3,a", /at least two classes, found only "a"/],
    [
      "single samples",
      "x,label\n1,a\n2,b\n3,c",
      /3 to learn from and none to test on; every class needs two/,
    ],
    [
      "no class",
      Array.from({ length: 20 }, (_, i) => `${i / 3},${i / 7}`).join("\n"),
      /expected the class of each row in a column/,
    ],
    [
      "too many classes",
      `x,label\n${Array.from({ length: 600 }, (_, i) => `1,c${i % 300}`).join("\n")}`,
      /column 2 \("label"\): expected at most 256 classes, found more/,
    ],
    [
      "only a class",
      "id,label\n1,a\n2,a\n3,b\n4,b",
      /expected a column of numbers beside column 2 \("label"\), found none/,
    ],
  ])("%s", async (_, text, sentence) => {
    await expect(read(text)).rejects.toThrow(sentence);
    await expect(read(text)).rejects.toThrow(/^[^\n]*[.]$/);
  });

  it("too large for what is allowed, before it is held", async () => {
    await expect(read(body, { limitBytes: 100 })).rejects.toThrow(
      /at most 100 bytes, but would take \d+ bytes/,
    );
    let asked = false;
    const huge = {
      ...{ path: "huge.csv", size: 2 ** 40 },
      bytes: async () => {
        asked = true;
        return new Uint8Array();
      },
    };
    await expect(readOwnData([huge])).rejects.toThrow(
      /huge\.csv: the files up to this one should take at most 1\.00 GiB, but would take 1\.00 TiB/,
    );
    expect(asked).toBe(false);
    const thousand = new TextEncoder().encode("1,2,3,4,5,6,7,a\n".repeat(1000));
    await expect(readOwnData([fileOf("t.csv", thousand)], { limitBytes: 20_000 })).rejects.toThrow(
      /t\.csv: its numbers should take at most/,
    );
  });

  it("with options that can't be", async () => {
    await expect(read(body, { testShare: 1 })).rejects.toThrow(
      /share to test on must be above 0 and below 1/,
    );
    await expect(read(body, { side: 0 })).rejects.toThrow(
      /side of pictures must be a whole number from 1 to 256/,
    );
    await expect(read(body, { seed: -1 })).rejects.toThrow(/seed must be/);
    await expect(read(body, { limitBytes: Number.NaN })).rejects.toThrow(/limit must be/);
  });
});
