/**
 * Downloaded files kept in the browser's origin-private file system (OPFS), so that a second visit fetches
 * nothing. A convenience only: where OPFS is missing or refuses (private windows, Node, a full disk), reads
 * find nothing and writes keep nothing, and no error is raised.
 */

async function folder(): Promise<FileSystemDirectoryHandle | undefined> {
  const storage = typeof navigator === "undefined" ? undefined : navigator.storage;
  if (typeof storage?.getDirectory !== "function") return undefined;
  const root = await storage.getDirectory();
  return root.getDirectoryHandle("engram", { create: true });
}

/** The cached bytes of `key`, unchecked; undefined when there are none. */
export async function cacheRead(key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const handle = await (await folder())?.getFileHandle(key);
    const file = await handle?.getFile();
    return file && new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Keeps bytes under `key`; resolves to whether they were written. A write cut short leaves no file. */
export async function cacheWrite(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const handle = await (await folder())?.getFileHandle(key, { create: true });
    if (!handle) return false;
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    return true;
  } catch {
    await cacheRemove(key);
    return false;
  }
}

/** Forgets `key`. */
export async function cacheRemove(key: string): Promise<void> {
  try {
    await (await folder())?.removeEntry(key);
  } catch {
    // Nothing to forget, or nowhere to forget it from.
  }
}
