/**
 * A folder of the origin private file system: files that the browser keeps for this page alone, out of everyone's way. A file
 * is written beside its old self and then takes its place, so that whatever happens one of the two is whole.
 */
import { megabytes } from "./format";

/** So much is written at a time, so that the page stays quick, in bytes. */
const slice = 1 << 22;

const unfinished = ".part";

export interface Entry {
  readonly name: string;
  readonly bytes: number;
  /** When it was last written, in ms since 1970. */
  readonly changed: number;
}

/** Chrome, Firefox and Safari have it; it is not yet in every standard library. */
type Movable = FileSystemFileHandle & { move?(name: string): Promise<void> };

export class PrivateFolder {
  private constructor(private readonly handle: FileSystemDirectoryHandle) {}

  /** Opens a folder, and makes it where there is none. @throws one sentence where the browser keeps no files for this page */
  static async open(name: string): Promise<PrivateFolder> {
    try {
      const root = await navigator.storage.getDirectory();
      return new PrivateFolder(await root.getDirectoryHandle(name, { create: true }));
    } catch (cause) {
      throw new Error(
        "This browser keeps no files for this page, as in a private window or when storage is blocked: nothing will outlast a reload, so download what you need.",
        { cause },
      );
    }
  }

  /** @returns undefined where there is no such file */
  async read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const file = await (await this.handle.getFileHandle(name)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch (error) {
      if (isNamed(error, "NotFoundError")) return undefined;
      throw error;
    }
  }

  /** Writes a file whole or not at all. @throws one sentence where there is no room for it */
  async write(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
    const fresh: Movable = await this.handle.getFileHandle(name + unfinished, { create: true });
    try {
      const stream = await fresh.createWritable();
      try {
        for (const part of parts)
          for (let at = 0; at < part.byteLength; at += slice)
            await stream.write(part.subarray(at, at + slice));
      } catch (error) {
        await stream.abort().catch(() => undefined);
        throw error;
      }
      await stream.close();
      await this.takePlace(fresh, name);
    } catch (error) {
      await this.remove(name + unfinished);
      throw isNamed(error, "QuotaExceededError") ? new Error(await noRoom(parts), { cause: error }) : error;
    }
  }

  private async takePlace(fresh: Movable, name: string): Promise<void> {
    if (fresh.move) return fresh.move(name);
    // Without `move` a stream does as much by itself: what it wrote takes the file's place when it is closed.
    const stream = await (await this.handle.getFileHandle(name, { create: true })).createWritable();
    await (await fresh.getFile()).stream().pipeTo(stream);
    await this.remove(name + unfinished);
  }

  /** A file that is not there is no error. */
  async remove(name: string): Promise<void> {
    await this.handle.removeEntry(name).catch((error: unknown) => {
      if (!isNamed(error, "NotFoundError")) throw error;
    });
  }

  /** Whole files, the last written first. */
  async list(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for await (const handle of this.handle.values()) {
      if (handle.kind !== "file" || handle.name.endsWith(unfinished)) continue;
      const { name, size, lastModified } = await handle.getFile();
      entries.push({ name, bytes: size, changed: lastModified });
    }
    return entries.sort((a, b) => b.changed - a.changed);
  }
}

const isNamed = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name;

async function noRoom(parts: readonly Uint8Array[]): Promise<string> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  const wanted = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return `The browser has no room to keep ${megabytes(wanted)}: this page has ${megabytes(usage)} of the ${megabytes(quota)} that it may; download what you need, or clear this site’s data.`;
}
