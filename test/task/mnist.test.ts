/** The user's own files (`read`): every way in which four files can be wrong, and the real ones when at hand. */
import { describe, expect, it } from "vitest";
import { gunzip } from "../../src/task/bytes";
import { fromFiles } from "../../src/task/from-files";
import { fashionMnist, mnist } from "../../src/task/mnist";
import { dataFolder, gzip, idxBytes, readerOf, readReal } from "./idx-files";

const images = (count: number) => idxBytes([count, 28, 28], new Uint8Array(count * 784));
const labels = (count: number) => idxBytes([count], new Uint8Array(count));
const own = {
  "train-images-idx3-ubyte": images(3),
  "train-labels-idx1-ubyte": labels(3),
  "t10k-images-idx3-ubyte": images(2),
  "t10k-labels-idx1-ubyte": labels(2),
};
type Files = Record<string, Uint8Array<ArrayBuffer>>;
const loading = (files: Files) => mnist.load({ read: readerOf(files) });

describe("a folder that is not quite MNIST", () => {
  it("lacks a file", async () => {
    const { "t10k-labels-idx1-ubyte": _, ...three } = own;
    await expect(loading(three)).rejects.toThrow(
      "MNIST is missing a file: expected t10k-labels-idx1-ubyte.gz or t10k-labels-idx1-ubyte, found neither",
    );
  });

  it("has a file cut short, zipped or not", async () => {
    const half = images(3).subarray(0, 1000);
    await expect(loading({ ...own, "train-images-idx3-ubyte": half.slice() })).rejects.toThrow(
      "train-images-idx3-ubyte: expected 2368 bytes for dimensions [3, 28, 28], found 1000: it is truncated",
    );
    const zipped = gzip(images(3));
    const cut = zipped.slice(0, zipped.length - 12);
    await expect(loading({ ...own, "train-images-idx3-ubyte.gz": cut })).rejects.toThrow(
      /train-images-idx3-ubyte\.gz: expected a whole gzip file, found \d+ bytes that do not unzip/,
    );
  });

  it("has labels under an images file's name", async () => {
    await expect(loading({ ...own, "t10k-images-idx3-ubyte": labels(2) })).rejects.toThrow(
      "t10k-images-idx3-ubyte: expected images [count, 28, 28], found labels [2]",
    );
  });

  it("has more images than labels", async () => {
    await expect(loading({ ...own, "train-labels-idx1-ubyte": labels(2) })).rejects.toThrow(
      "expected as many labels as images, found 3 images in train-images-idx3-ubyte and 2 labels",
    );
  });

  it("is well formed and still not MNIST", async () => {
    await expect(loading(own)).rejects.toThrow(
      /expected MNIST's train-images-idx3-ubyte with SHA-256 ba8910\w+, found \w{64}: the file is corrupt or mislabelled/,
    );
  });

  it("unzips to a bomb", async () => {
    const bomb = gzip(new Uint8Array(70 * 1024 * 1024));
    await expect(loading({ ...own, "train-images-idx3-ubyte.gz": bomb })).rejects.toThrow(
      "found more when unzipping",
    );
  });

  it("is asked for more than there is, before a file is read", async () => {
    const read = async () => Promise.reject(new Error("must not be read"));
    await expect(mnist.load({ train: 60_001, read })).rejects.toThrow("from 1 to 60000, not 60001");
  });
});

describe("dropped files", () => {
  it("are listed when they are strangers, and so are the missing", async () => {
    const files = [new File(["hello"], "notes.txt"), new File([labels(3)], "labels"), new File([], "empty")];
    await expect(fromFiles(files)).rejects.toThrow(
      /^MNIST is missing train-images.*t10k-labels-idx1-ubyte: drop.*notes\.txt: .*another kind.*labels: its SHA-256 .*empty: .*truncated/,
    );
    await expect(fromFiles([])).rejects.toThrow("MNIST is missing train-images-idx3-ubyte, train-labels");
  });
});

describe.runIf(dataFolder)("the real files", () => {
  // Class counts and first labels as published; mean and deviation as everyone normalises by.
  it.each([
    [
      "MNIST",
      mnist,
      [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
      [5, 0, 4, 1, 9],
      0.1307,
      0.3081,
    ],
    ["Fashion-MNIST", fashionMnist, new Array<number>(10).fill(6000), [9, 0, 0, 3, 0], 0.286, 0.353],
  ])("%s is what the world knows", async (known, task, counts, first, mean, deviation) => {
    const seen: number[] = [];
    const progress = (done: number, total: number) => seen.push(done / total);
    const { train, test, synthetic, title } = await task.load({ read: readReal(task.name), progress });
    expect([train.count, test.count, synthetic, title]).toEqual([60_000, 10_000, false, known]);
    expect(seen.at(-1)).toBe(1);
    const found = new Array<number>(10).fill(0);
    for (const label of train.labels) found[label]!++;
    expect(found).toEqual(counts);
    expect([...train.labels.slice(0, 5)]).toEqual(first);
    let [sum, squares] = [0, 0];
    for (const value of train.data) {
      sum += value;
      squares += value * value;
    }
    const average = sum / train.data.length / 255;
    expect(average).toBeCloseTo(mean, 3);
    expect(Math.sqrt(squares / train.data.length / 255 ** 2 - average ** 2)).toBeCloseTo(deviation, 3);
  });

  it("are told apart when swapped, and one flipped bit is noticed", async () => {
    const read = readReal("mnist");
    const swapped = (name: string) => read(name.replace("train-labels", "t10k-labels"));
    await expect(mnist.load({ read: swapped })).rejects.toThrow(
      "train-labels-idx1-ubyte.gz: expected MNIST's train-labels-idx1-ubyte, found MNIST's t10k-labels-idx1-ubyte",
    );
    await expect(mnist.load({ read: readReal("fashion-mnist") })).rejects.toThrow(
      "found Fashion-MNIST's train-images",
    );
    const flipped = async (name: string) => {
      if (name !== "train-labels-idx1-ubyte")
        return name.startsWith("train-labels") ? Promise.reject(name) : read(name);
      const raw = await gunzip(await read(`${name}.gz`), name);
      raw[1000]! ^= 1;
      return raw;
    };
    await expect(mnist.load({ read: flipped })).rejects.toThrow("corrupt or mislabelled");
  });

  it("come by drag and drop under any name, zipped anew or not at all", async () => {
    const read = readReal("mnist");
    const small = await gunzip(await read("t10k-images-idx3-ubyte.gz"), "t10k");
    const files = [
      new File([await read("t10k-labels-idx1-ubyte.gz")], "download (1)"),
      new File([gzip(small)], "again.gz"),
      new File([await read("train-images-idx3-ubyte.gz")], "c"),
      new File(["x"], ".DS_Store"),
      new File([await read("train-labels-idx1-ubyte.gz")], "d"),
    ];
    const { name, train, test } = await fromFiles(files, { train: 100, test: 7 });
    expect([name, train.count, test.count, train.data.length, test.labels.length]).toEqual([
      "mnist",
      100,
      7,
      78400,
      7,
    ]);
    expect([...test.labels]).toEqual([7, 2, 1, 0, 4, 1, 4]);
    await expect(fromFiles(files.slice(0, 3))).rejects.toThrow("MNIST is missing train-labels-idx1-ubyte:");
  });
});
