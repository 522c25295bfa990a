/** Picked files: what was chosen or dropped, folders unfolded, each file with the path that it was found under. */

export interface PickedFile {
  /** With the folders it lay in: `flowers/rose/1.png`. */
  readonly path: string;
  readonly file: File;
}

/** More files than this are no data set that a tab should read. */
const most = 200_000;

export function pickedFrom(files: Iterable<File>): PickedFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * What was dropped. It must be called while the drop is handled: afterwards the browser forgets what there was.
 * @throws one sentence where there are too many files, or one can't be read
 */
export function droppedFrom({ items, files }: DataTransfer): Promise<PickedFile[]> {
  const entries = [...items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry());
  const whole = entries.filter((entry) => entry !== null);
  if (whole.length === 0) return Promise.resolve(pickedFrom(files));
  return unfolded(whole);
}

async function unfolded(entries: readonly FileSystemEntry[]): Promise<PickedFile[]> {
  const found: PickedFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    if (entry.isFile) found.push(await fileOf(entry as FileSystemFileEntry));
    else waiting.push(...(await entriesOf(entry as FileSystemDirectoryEntry)));
    if (found.length > most)
      throw new Error(
        `There are more than ${most} files in what was dropped; drop the folder of one data set.`,
      );
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function fileOf(entry: FileSystemFileEntry): Promise<PickedFile> {
  const path = entry.fullPath.replace(/^\//, "");
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) =>
      reject(new Error(`${path} can’t be read; try to pick it instead.`, { cause }));
    entry.file((file) => resolve({ path, file }), failed);
  });
}

/** A folder tells of its entries a hundred or so at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
