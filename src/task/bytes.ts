/** Bytes of files: unzipped, and identified by their SHA-256. Web standards only (Compression Streams, WebCrypto). */

/** The most that any file of ours unzips to, with room to spare: 64 MiB. A file beyond it is not unzipped. */
export const mostBytes = 64 * 1024 * 1024;

/** Whether the bytes begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** One array from several. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** What is unpacked, for errors, and how much of it there may be. */
export interface Packed {
  /** `gzip`, or `deflate-raw`, which is what a zip holds. */
  readonly format: "gzip" | "deflate-raw";
  /** What it should turn out to be. */
  readonly what: string;
  /** The most bytes that it may unpack to. */
  readonly most: number;
}

/**
 * Unpacks bytes; `name` is the file's, for errors. Throws an Error of one sentence when they are truncated, corrupt, or
 * unpack to more than `most`: no more than that is ever held.
 */
export async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  { format, what, most }: Packed,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (true) {
    const { done, value } = await reader.read().catch((reason: unknown) => {
      const why = reason instanceof Error ? reason.message : String(reason);
      throw new Error(
        `${name}: expected a whole ${format === "gzip" ? "gzip file" : "file in the zip"}, found ${bytes.length} bytes that do not unzip (${why}): ` +
          "it is truncated or corrupt; get it again.",
      );
    });
    if (done) return joined(chunks);
    chunks.push(value);
    length += value.length;
    if (length > most) {
      await reader.cancel().catch(() => {});
      throw new Error(`${name}: expected ${what} of at most ${most} bytes, found more when unzipping.`);
    }
  }
}

/** Unzips the gzip bytes of an IDX file of a published data set. Throws as `unpack`. */
export function gunzip(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Uint8Array<ArrayBuffer>> {
  return unpack(bytes, name, { format: "gzip", what: "an IDX file", most: mostBytes });
}

/** The SHA-256 in lower-case hex. Throws an Error where WebCrypto is missing: a page not on https or localhost. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new Error(
      "Cannot check files: WebCrypto is missing here; serve the page over https or from localhost.",
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
