/** Pictures, IDX files and zips of someone's own. Oracles: what was put into files that the tests make. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type OwnFile, type OwnOptions, readOwnData } from "../../src/task/own";
import { Allowance } from "../../src/task/own-file";
import { greySquare } from "../../src/task/own-grey";
import { pictureFacts } from "../../src/task/own-picture-size";
import { stratified } from "../../src/task/own-split";
import { filesInZip } from "../../src/task/own-zip";
import { idxBytes } from "./idx-files";
import { bareDecoder, barePicture, fileOf, plainPicture, zipOf } from "./own-files";

const decodeImage = bareDecoder();
const refused = async (files: readonly OwnFile[], options: OwnOptions, sentence: RegExp) => {
  await expect(readOwnData(files, options)).rejects.toThrow(sentence);
  await expect(readOwnData(files, options)).rejects.toThrow(/^[^\n]*[.]$/);
};

describe("grey", () => {
  const picture = (width: number, height: number, pixel: (x: number, y: number) => number[]) => ({
    ...{ width, height },
    rgba: Uint8ClampedArray.from(
      Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width))).flat(),
    ),
  });

  it("is each colour's luma, and white where a picture is transparent", () => {
    const colours = [
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [0, 0, 0, 0],
    ];
    expect([
      ...greySquare(
        picture(2, 2, (x, y) => colours[2 * y + x]!),
        2,
      ),
    ]).toEqual([76, 150, 29, 255]);
    expect([
      ...greySquare(
        picture(1, 1, () => [0, 0, 0, 51]),
        1,
      ),
    ]).toEqual([204]);
  });

  it("is the mean of the area that falls on each place, for any sizes", () => {
    const grey = (value: number) => [value, value, value, 255];
    // 3 columns on 2 places: the middle one is shared.
    expect([
      ...greySquare(
        picture(3, 1, (x) => grey([30, 90, 240][x]!)),
        2,
      ),
    ]).toEqual([50, 190, 50, 190]);
    expect([
      ...greySquare(
        picture(4, 4, (x, y) => grey(16 * (4 * y + x))),
        2,
      ),
    ]).toEqual([40, 72, 168, 200]);
    expect([
      ...greySquare(
        picture(1, 1, () => grey(7)),
        3,
      ),
    ]).toEqual(Array(9).fill(7));
    for (const [width, height, side] of [
      [37, 5, 28],
      [5, 37, 7],
      [100, 100, 3],
    ] as const)
      expect([
        ...greySquare(
          picture(width, height, () => grey(201)),
          side,
        ),
      ]).toEqual(Array(side * side).fill(201));
  });
});

describe("a picture's size", () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text.replace(/ /g, ""), "hex"));
  it.each([
    ["image/png", 258, 3, "89504e47 0d0a1a0a 0000000d 49484452 00000102 00000003"],
    ["image/jpeg", 258, 3, "ffd8 ffe0 0004 abcd ffff c4 0003 00 ffc2 0011 08 0003 0102"],
    ["image/webp", 258, 3, "52494646 00000000 57454250 56503820 00000000 000000 9d012a 0241 0300"],
    ["image/webp", 258, 3, "52494646 00000000 57454250 5650384c 00000000 2f 01810000"],
    ["image/webp", 258, 3, "52494646 00000000 57454250 56503858 0a000000 00000000 010100 020000"],
  ])("%s %i×%i", (type, width, height, hex) => {
    expect(pictureFacts(bytes(hex))).toEqual({ type, width, height });
    for (let length = 0; length < bytes(hex).length - 4; length++)
      expect(pictureFacts(bytes(hex).slice(0, length)), `${length} bytes`).toBeUndefined();
  });

  it("is none of any other file's", () => {
    expect(pictureFacts(new TextEncoder().encode("GIF89a and more than thirty bytes of it"))).toBeUndefined();
    expect(pictureFacts(new Uint8Array(64))).toBeUndefined();
  });
});

describe("a folder of pictures", () => {
  const folder = (count: number, at = "zoo") =>
    ["cat", "dog"].flatMap((name, label) =>
      Array.from({ length: count }, (_, i) =>
        fileOf(`${at}/${name}/${i}.png`, plainPicture(3, 2, 100 * label + i)),
      ),
    );

  it("has a class for each folder, pictures squeezed to the side, and a share to test on", async () => {
    const seen: [number, number][] = [];
    const progress = (done: number, total: number) => seen.push([done, total]);
    const litter = [
      fileOf("zoo/.DS_Store", "x"),
      fileOf("zoo/cat/Thumbs.db", "x"),
      fileOf("zoo/LICENSE", "x"),
    ];
    const files = [...folder(6), ...litter];
    const { train, test, ...facts } = await readOwnData(files, { decodeImage, side: 4, progress });
    expect(facts).toMatchObject({
      name: "own:zoo",
      shape: [4, 4],
      inputs: 16,
      classes: 2,
      classNames: ["cat", "dog"],
    });
    expect(facts.title).toBe(
      "zoo: pictures squeezed to 4×4 values of grey; 10 samples of 2 classes to learn from and 2 to test on, chosen by chance",
    );
    expect([train.count, test.count]).toEqual([10, 2]);
    expect([...test.labels]).toEqual([0, 1]);
    const greys: number[] = [];
    for (const { data, labels, count } of [train, test])
      for (let row = 0; row < count; row++) {
        const values = data.slice(16 * row, 16 * row + 16);
        expect(new Set(values).size).toBe(1);
        expect(values[0]! >= 100).toBe(labels[row] === 1);
        greys.push(values[0]!);
      }
    expect(greys.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105]);
    expect(seen.at(-1)).toEqual([12, 12]);
  });

  it("is split as its folders train and test say, and decoded by its contents, whatever it is named", async () => {
    const asked: string[] = [];
    const files = [...folder(3, "zoo/train"), ...folder(1, "zoo/test"), ...folder(1, "zoo/valley")];
    const named = files.map((file) => ({ ...file, path: file.path.replace("png", "jpeg") }));
    const { train, test, title } = await readOwnData(named, { decodeImage: bareDecoder(asked) });
    expect([train.count, test.count, train.data.length]).toEqual([8, 2, 8 * 784]);
    expect(title).toContain("as the files say");
    expect(new Set(asked)).toEqual(new Set(["image/png"]));
  });

  it("that is not as expected is refused with one sentence", async () => {
    await refused(
      folder(2),
      {},
      /zoo\/cat\/0\.png: pictures can't be decoded here; drop them on the page, or bring them as a CSV/,
    );
    await refused(
      [fileOf("a.png", plainPicture(1, 1, 0))],
      { decodeImage },
      /a\.png: expected pictures in one folder for each class/,
    );
    await refused(
      folder(2).slice(0, 2),
      { decodeImage },
      /zoo: expected samples of at least two classes, found only "cat"/,
    );
    await refused(folder(1), { decodeImage }, /2 to learn from and none to test on/);
    const other = (content: Uint8Array | string) => [...folder(2), fileOf("zoo/dog/x.png", content)];
    await refused(
      other("not a picture, but long enough"),
      { decodeImage },
      /zoo\/dog\/x\.png: expected a PNG, JPEG or WebP picture/,
    );
    await refused(
      other(plainPicture(3, 3, 1).slice(0, 30)),
      { decodeImage },
      /x\.png: expected a whole picture.*\(it ends early\)/,
    );
    await refused(
      other(barePicture(65_535, 65_535, [])),
      { decodeImage },
      /x\.png: expected a picture of 1 to 67108864 pixels, found 65535×65535/,
    );
    await refused(other(barePicture(0, 5, [])), { decodeImage }, /found 0×5/);
    await refused(
      folder(2),
      { decodeImage, limitBytes: 3000 },
      /data set of zoo should take at most 2\.93 KiB, but would take 3\.06 KiB/,
    );
    const lying = async () => ({ width: 2, height: 2, rgba: new Uint8ClampedArray(3) });
    await refused(
      folder(2),
      { decodeImage: lying },
      /expected 16 bytes from the decoder for 2×2 pixels, found 3/,
    );
  });
});

describe("IDX files", () => {
  const images = (count: number, from = 0) =>
    idxBytes(
      [count, 2, 3],
      Array.from({ length: 6 * count }, (_, i) => (from + i) % 256),
    );
  const labels = (...values: number[]) => idxBytes([values.length], values);

  it("of any size and any labels, gzipped or not, are split by chance where there is one pair", async () => {
    const files = [
      fileOf("my/letters-idx1-ubyte", labels(7, 3, 7, 3, 7, 3)),
      fileOf("my/letters-idx3-ubyte.gz", new Uint8Array(gzipSync(images(6)))),
    ];
    const { train, test, ...facts } = await readOwnData(files, { testShare: 1 / 3 });
    expect(facts).toMatchObject({
      name: "own:my",
      shape: [2, 3],
      inputs: 6,
      classes: 2,
      classNames: ["3", "7"],
    });
    expect([train.count, test.count]).toEqual([4, 2]);
    expect(train.data).toBeInstanceOf(Uint8Array);
    for (const { data, labels: own, count } of [train, test])
      for (let row = 0; row < count; row++) {
        const first = data[6 * row]!; // 0, 6, 12 …: six times the image's number
        expect([...data.slice(6 * row, 6 * row + 6)]).toEqual([0, 1, 2, 3, 4, 5].map((i) => first + i));
        expect(own[row]).toBe((first / 6) % 2 === 0 ? 1 : 0);
      }
  });

  it("are split as they are named where there are two pairs", async () => {
    const { train, test } = await readOwnData([
      fileOf("t10k-labels", labels(0, 2)),
      fileOf("train-labels", labels(0, 1, 2)),
      fileOf("t10k-images", images(2, 100)),
      fileOf("train-images", images(3)),
    ]);
    expect([...train.labels, ...test.labels]).toEqual([0, 1, 2, 0, 2]);
    expect([train.data[0], train.data.length, test.data[0], test.data.length]).toEqual([0, 18, 100, 12]);
  });

  it("that are not as expected are refused with one sentence", async () => {
    const pair = (a: Uint8Array, b: Uint8Array) => [fileOf("a-idx3-ubyte", a), fileOf("a-idx1-ubyte", b)];
    await refused(
      pair(images(3), labels(0, 1)),
      {},
      /a-idx1-ubyte: expected as many labels as images, found 2 labels and 3 images in a-idx3/,
    );
    await refused(
      pair(images(3), images(3)),
      {},
      /Expected one IDX file of images to learn from, found a-idx3-ubyte, a-idx1-ubyte/,
    );
    await refused(
      pair(labels(1), labels(1)),
      {},
      /Expected one IDX file of images to learn from, found none/,
    );
    await refused(
      pair(images(3).slice(0, 20), labels(0, 1, 1)),
      {},
      /a-idx3-ubyte: expected 34 bytes.*found 20: it is truncated/,
    );
    await refused(pair(images(3), labels(4, 4, 4)), {}, /at least two classes, found only "4"/);
    const bomb = new Uint8Array(gzipSync(new Uint8Array(2 ** 20)));
    await refused(
      pair(bomb, labels(0)),
      { limitBytes: 2 ** 18 },
      /a-idx3-ubyte: expected a file of at most \d+ bytes, found more when unzipping/,
    );
    const other = idxBytes([2, 3, 3], Array(18).fill(1));
    const two = [
      ...pair(images(3), labels(0, 1, 1)),
      fileOf("test-idx3", other),
      fileOf("test-idx1", labels(0, 1)),
    ];
    await refused(two, {}, /test-idx3: expected images of \[2,3\] as in a-idx3-ubyte, found \[3,3\]/);
  });
});

describe("a zip", () => {
  const table = "x,y\n1,a\n2,a\n3,b\n4,b";
  const bytesOf = async (zip: Uint8Array<ArrayBuffer>, limit = 2 ** 20) => {
    const files = filesInZip(zip, "t.zip", new Allowance(limit));
    return Promise.all(files.map(async ({ path, bytes }) => [path, Buffer.from(await bytes()).toString()]));
  };

  it.each([
    ["zip", false],
    ["zip64", true],
  ])("%s gives its files, packed or stored", async (_, far) => {
    const parts = [
      { path: "a/", content: "", store: true },
      { path: "a/é.txt", content: "héllo ".repeat(1000) },
      { path: "b.txt", content: "stored", store: true },
      { path: "empty.txt", content: "" },
    ];
    expect(await bytesOf(zipOf(parts, far))).toEqual([
      ["t.zip/a/é.txt", "héllo ".repeat(1000)],
      ["t.zip/b.txt", "stored"],
      ["t.zip/empty.txt", ""],
    ]);
  });

  it("of a table, of IDX files or of pictures is read as its files are", async () => {
    const zipped = await readOwnData([fileOf("bag.zip", zipOf([{ path: "bag.csv", content: table }]))]);
    expect(zipped).toEqual(await readOwnData([fileOf("bag.csv", table)]));
    const pictures = ["cat", "dog"].flatMap((name) =>
      [0, 1].map((i) => ({ path: `zoo/${name}/${i}.png`, content: plainPicture(2, 2, i), store: i === 0 })),
    );
    const apple = { path: "__MACOSX/zoo/cat/._0.png", content: "x" };
    const zoo = await readOwnData([fileOf("zoo.zip", zipOf([...pictures, apple]))], { decodeImage });
    expect(zoo).toMatchObject({ name: "own:zoo", classNames: ["cat", "dog"] });
    // A zip for each class does as well.
    const each = ["cat", "dog"].map((name) =>
      fileOf(`${name}.zip`, zipOf([0, 1].map((i) => ({ path: `${i}.png`, content: plainPicture(2, 2, i) })))),
    );
    expect((await readOwnData(each, { decodeImage })).classes).toBe(2);
  });

  it("that is broken, locked or lies is refused with one sentence", async () => {
    const one = (more: object) => [fileOf("t.zip", zipOf([{ path: "t.csv", content: table, ...more }]))];
    await refused(
      one({ size: 5 }),
      {},
      /t\.zip\/t\.csv: expected a file in the zip of at most 5 bytes, found more/,
    );
    await refused(
      one({ size: 500 }),
      {},
      /t\.zip\/t\.csv: expected a whole zip file, found 19 bytes where the directory says 500/,
    );
    await refused(one({ crc: 1 }), {}, /checksum that does not match/);
    await refused(one({ flags: 1 }), {}, /t\.zip\/t\.csv is encrypted; unpack the zip/);
    await refused(one({ method: 12 }), {}, /packed by method 12/);
    await refused(
      one({ size: 2 ** 31 }),
      {},
      /t\.zip: what it unpacks to should take at most 1\.00 GiB, but would take 2\.00 GiB/,
    );
    await refused([fileOf("t.zip", "no zip")], {}, /t\.zip: expected a zip file, found one of another kind/);
    await refused([fileOf("t.zip", zipOf([]))], {}, /found no file that is any of these/);
  });

  it("cut or changed anywhere never gives other contents", async () => {
    const zip = zipOf([
      { path: "a.txt", content: "some text ".repeat(9) },
      { path: "b.txt", content: "b", store: true },
    ]);
    const whole = JSON.stringify(await bytesOf(zip));
    for (let length = 0; length < zip.length; length += 3)
      await expect(bytesOf(zip.slice(0, length)), `${length} bytes`).rejects.toThrow(/truncated or corrupt/);
    let changed = 0;
    for (let at = 0; at < zip.length; at++) {
      const other = zip.slice();
      other[at] = other[at]! ^ 0x10;
      const found = await bytesOf(other).catch((error: Error) => error);
      if (found instanceof Error) expect(found.message).toMatch(/^t\.zip[^\n]*\.$/);
      // Names, dates and versions may change; contents may not.
      else if (
        JSON.stringify(found.map(([, text]) => text)) !==
        JSON.stringify(JSON.parse(whole).map(([, text]: string[]) => text))
      )
        changed++;
    }
    expect(changed).toBe(0);
  });
});

describe("files", () => {
  it("of any contents give a data set, or one sentence that names them", async () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab01,;"\n\r.-\t ', "label", "\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n", "\u0000"),
      maxLength: 60,
    });
    const cell = fc.oneof({ weight: 30, arbitrary: fc.constantFrom("1", "-2.5", "30") }, text);
    const table = fc
      .array(fc.tuple(cell, cell, fc.constantFrom("a", "b")), { minLength: 1, maxLength: 12 })
      .map((rows) => rows.join("\n"));
    const header = fc.constantFrom(
      "504b0304",
      "504b0506",
      "00000801",
      "00000803",
      "1f8b08",
      "89504e470d0a1a0a",
      "",
    );
    const bytes = fc
      .tuple(header, fc.uint8Array({ maxLength: 80 }))
      .map(([head, rest]) => new Uint8Array([...Buffer.from(head, "hex"), ...rest]));
    const name = fc.constantFrom(
      "a.csv",
      "b.zip",
      "c-idx3-ubyte",
      "d.idx.gz",
      "e/f.png",
      "g/h.webp",
      "i",
      "j.csv.gz",
    );
    const files = fc.array(
      fc.tuple(name, fc.oneof(table, text, bytes)).map(([path, content]) => fileOf(path, content)),
      { minLength: 1, maxLength: 3 },
    );
    let read = 0;
    const property = fc.asyncProperty(files, async (some) => {
      const found = await readOwnData(some, { decodeImage, limitBytes: 2 ** 20 }).catch(
        (error: Error) => error,
      );
      if (found instanceof Error) {
        expect(found.message).toMatch(/^[^\n]+\.$/);
        expect(found.constructor).toBe(Error);
        return;
      }
      read++;
      for (const { data, labels, count } of [found.train, found.test]) {
        expect([data.length, labels.length]).toEqual([count * found.inputs, count]);
        expect(count).toBeGreaterThan(0);
        expect(data.every(Number.isFinite)).toBe(true);
        expect(labels.every((label) => label < found.classes)).toBe(true);
      }
    });
    await fc.assert(property, { numRuns: 1500, seed: 1 });
    expect(read).toBeGreaterThan(10);
  });

  it("of several kinds, of none, or that can't be read are refused with one sentence", async () => {
    await refused([], {}, /Expected a CSV, IDX files or a folder of pictures, found no file\./);
    await refused(
      [fileOf("a.csv", "1,2"), fileOf("b/c.png", "x")],
      {},
      /files of one kind, found 1 of the kind picture, such as b\/c\.png, and 1 of the kind CSV, such as a\.csv/,
    );
    await refused(
      [fileOf("song.mp3", new Uint8Array([1, 2, 0, 4, 5]))],
      {},
      /song\.mp3: expected a CSV, an IDX file, a PNG/,
    );
    const gone = { path: "a.csv", bytes: () => Promise.reject(new Error("it was moved")) };
    await refused([gone], {}, /a\.csv can't be read \(it was moved\); choose it again/);
  });

  it("are split by the same share of every class, never all of one", () => {
    const labels = Uint8Array.from({ length: 103 }, (_, i) => (i < 60 ? 0 : i < 100 ? 1 : i < 102 ? 2 : 3));
    const isTest = stratified(labels, 4, { testShare: 0.25, seed: 1 });
    const counts = [0, 1, 2, 3].map((label) => isTest.filter((one, i) => one && labels[i] === label).length);
    expect(counts).toEqual([15, 10, 1, 0]);
    expect(stratified(labels, 4, { testShare: 0.25, seed: 1 })).toEqual(isTest);
    expect(stratified(labels, 4, { testShare: 0.25, seed: 2 })).not.toEqual(isTest);
  });
});
