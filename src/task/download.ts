/** A file from the network: a plain GET (the mirrors answer no preflight), watched as it arrives. */
import { joined } from "./bytes";

/** A download that sends nothing for so long is given up. */
const patienceMs = 60_000;

const instead =
  "check the connection, or supply the four files yourself (drop them on the page; --data DIR in a terminal)";

/**
 * The bytes at `url`; `received` hears how many bytes have come so far.
 * Rejects with one sentence when the server refuses, the network fails, or nothing comes for a minute.
 */
export async function download(
  url: string,
  received: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error(`nothing came for ${patienceMs / 1000} s`)), patienceMs);
  };
  try {
    wait();
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`the server answered HTTP ${response.status}`);
    const reader = response.body.getReader();
    const chunks: Uint8Array[] = [];
    let length = 0;
    while (true) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks);
      wait();
      chunks.push(value);
      length += value.length;
      received(length);
    }
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : String(reason);
    throw new Error(`Could not download ${url} (${why}): ${instead}.`);
  } finally {
    clearTimeout(timer);
  }
}
