/**
 * From the network through the cache, with a stubbed fetch and a made-up OPFS. The table of checksums is
 * replaced by one of four tiny files, so this runs anywhere.
 */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mnist } from "../../src/task/mnist";
import { gzip, idxBytes } from "./idx-files";

const tiny = vi.hoisted(
  () => ({}) as Record<string, { raw: Uint8Array<ArrayBuffer>; gz: Uint8Array<ArrayBuffer> }>,
);

vi.mock("../../src/task/collection.js", async (original) => {
  // The factory runs before this file's imports, so it brings its own.
  const { createHash } = await import("node:crypto");
  const { gzip, idxBytes } = await import("./idx-files");
  const real = await original<typeof import("../../src/task/collection")>();
  const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const files: Record<string, unknown> = {};
  for (const [index, file] of real.fileNames.entries()) {
    const count = file.startsWith("train") ? 5 : 2;
    const pixels = new Uint8Array(count * 784).fill(index);
    const raw = file.includes("images")
      ? idxBytes([count, 28, 28], pixels)
      : idxBytes([count], pixels.slice(0, count));
    tiny[file] = { raw, gz: gzip(raw) };
    files[file] = { gzBytes: tiny[file].gz.length, gzSha256: sum(tiny[file].gz), rawSha256: sum(raw) };
  }
  return {
    ...real,
    trainCount: 5,
    testCount: 2,
    collections: { ...real.collections, mnist: { ...real.collections.mnist, files } },
  };
});

/** An OPFS of one folder, whose faults can be chosen. */
function opfs(fault: "none" | "refuses" | "full" | "garbles" = "none") {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const folder = {
    async getFileHandle(key: string, { create = false } = {}) {
      if (!files.has(key) && !create) throw new DOMException("none", "NotFoundError");
      return {
        getFile: async () => new Blob([files.get(key) ?? new Uint8Array()]),
        async createWritable() {
          if (fault === "full") throw new DOMException("full", "QuotaExceededError");
          let pending = new Uint8Array();
          return {
            async write(bytes: Uint8Array<ArrayBuffer>) {
              pending = fault === "garbles" ? bytes.slice(1) : bytes.slice();
            },
            close: async () => void files.set(key, pending),
          };
        },
      };
    },
    removeEntry: async (key: string) => void files.delete(key),
  };
  const getDirectory = async () => {
    if (fault === "refuses") throw new DOMException("private window", "SecurityError");
    return { getDirectoryHandle: async () => folder };
  };
  vi.stubGlobal("navigator", { storage: { getDirectory } });
  return files;
}

const fileOf = (url: string) => tiny[url.split("/").at(-1)!.replace(".gz", "")]!;
const serve = (bytesOf: (url: string) => Uint8Array<ArrayBuffer>) => {
  const get = vi.fn(async (url: string, _init?: RequestInit) => new Response(bytesOf(url)));
  vi.stubGlobal("fetch", get);
  return get;
};

describe("MNIST by URL", () => {
  beforeEach(() => vi.stubGlobal("navigator", undefined));
  afterEach(() => vi.unstubAllGlobals());

  it("is fetched once, plainly, then read from the cache", async () => {
    const files = opfs();
    const get = serve((url) => fileOf(url).gz);
    const first = await mnist.load();
    expect(get).toHaveBeenCalledTimes(4);
    for (const [url, init] of get.mock.calls) {
      expect(url).toMatch(/^https:\/\/cdn\.jsdelivr\.net\/.*-ubyte\.gz$/);
      expect(init?.headers).toBeUndefined();
    }
    expect(files.size).toBe(4);
    expect(await mnist.load()).toEqual(first);
    expect(get).toHaveBeenCalledTimes(4);
    expect([first.train.count, first.test.count]).toEqual([5, 2]);
  });

  it("may be unzipped by a proxy on the way", async () => {
    opfs();
    const get = serve((url) => fileOf(url).raw);
    expect((await mnist.load()).train.labels).toEqual(tiny["train-labels-idx1-ubyte"]!.raw.slice(8));
    await mnist.load();
    expect(get).toHaveBeenCalledTimes(4);
  });

  it("may be zipped anew", async () => {
    const get = serve((url) => Uint8Array.from(gzipSync(fileOf(url).raw, { level: 0 })));
    expect((await mnist.load()).test.labels).toEqual(tiny["t10k-labels-idx1-ubyte"]!.raw.slice(8));
    expect(get).toHaveBeenCalledTimes(4);
  });

  it("replaces a cached file that has gone bad", async () => {
    const files = opfs();
    const get = serve((url) => fileOf(url).gz);
    const first = await mnist.load();
    files.set("mnist-train-labels-idx1-ubyte", idxBytes([5], [1, 2, 3, 4, 5]));
    files.set("mnist-t10k-images-idx3-ubyte", tiny["t10k-images-idx3-ubyte"]!.gz.slice(0, 20));
    expect(await mnist.load()).toEqual(first);
    expect(get).toHaveBeenCalledTimes(6);
    expect(files.get("mnist-train-labels-idx1-ubyte")).toEqual(tiny["train-labels-idx1-ubyte"]!.gz);
  });

  it.each(["refuses", "full", "garbles"] as const)(
    "loads though the cache %s, and keeps nothing bad",
    async (fault) => {
      const files = opfs(fault);
      const get = serve((url) => fileOf(url).gz);
      await mnist.load();
      expect((await mnist.load()).test.count).toBe(2);
      expect(get).toHaveBeenCalledTimes(8);
      expect(files.size).toBe(0);
    },
  );

  it("loads where there is no OPFS at all, and counts its progress", async () => {
    serve((url) => fileOf(url).gz);
    const seen: number[] = [];
    await mnist.load({ progress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  it("refuses what a mirror should not have sent, and caches none of it", async () => {
    const files = opfs();
    serve(() => Uint8Array.from(Buffer.from("<!doctype html>")));
    await expect(mnist.load()).rejects.toThrow(
      /https:.*train-images.*: expected an IDX file.*found 3c 21 64 6f/,
    );
    serve((url) => {
      const other = fileOf(url).raw.slice();
      other[20] = 77;
      return gzip(other);
    });
    await expect(mnist.load()).rejects.toThrow("corrupt or mislabelled");
    expect(files.size).toBe(0);
  });

  it("says what to do when the server or the network fails", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 404 }));
    await expect(mnist.load()).rejects.toThrow(/Could not download https:.*HTTP 404.*supply the four files/);
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("fetch failed")));
    await expect(mnist.load()).rejects.toThrow(/Could not download https:.*\(fetch failed\)/);
  });
});
