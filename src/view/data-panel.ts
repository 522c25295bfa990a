/** Real data: fetched when asked for, chosen as files or a folder, or dropped anywhere on the page. */
import { h, setText } from "./dom";
import { megabytes } from "./format";
import { messageOf, Notice } from "./notice";
import { droppedFrom, type PickedFile, pickedFrom } from "./picked-files";

export interface Source {
  readonly name: string;
  readonly title: string;
  readonly bytes: number;
  /** The host that it comes from. */
  readonly host: string;
}

export interface DataActions {
  /** Fetches a source; rejects with one sentence. */
  fetch(name: string, progress: (done: number, total: number) => void): Promise<void>;
  /** Takes files; rejects with one sentence. */
  take(files: readonly PickedFile[], progress: (done: number, total: number) => void): Promise<void>;
}

/** What the panel says, and whether it takes folders. */
export interface DataWords {
  readonly drop: string;
  readonly done: string;
  readonly folder?: boolean;
}

const usual: DataWords = {
  drop: "Drop the four files of MNIST or Fashion-MNIST here.",
  done: "Here they are; the race began anew.",
};

export class DataPanel {
  private readonly notice: Notice;
  private readonly bar = h("progress", { max: 1, value: 0, "aria-label": "Data" });
  /** Numbers that run are not read aloud. */
  private readonly arrived = h("span", { "aria-live": "off" });
  private readonly progress = h("div", { class: "progress", hidden: true }, this.bar, this.arrived);
  private readonly buttons: HTMLButtonElement[];
  private busy = false;

  constructor(
    private readonly host: HTMLElement,
    sources: readonly Source[],
    private readonly actions: DataActions,
    private readonly words: DataWords = usual,
  ) {
    this.buttons = sources.map((source) => this.fetchButton(source));
    const said = h("p", { class: "notice", role: "status", id: "data-notice" });
    this.notice = new Notice(said);
    const pickers = [
      ...this.picker("files", "Choose files…", {}),
      ...(words.folder ? this.picker("folder", "Choose a folder…", { webkitdirectory: true }) : []),
    ];
    this.host.append(h("div", { class: "button-row" }, ...this.buttons, ...pickers), this.progress, said);
    this.acceptDrops();
  }

  private picker(id: string, text: string, kind: Record<string, boolean>): HTMLElement[] {
    const input = h("input", { type: "file", multiple: true, id, class: "visually-hidden", ...kind });
    input.addEventListener("change", () => {
      void this.take(Promise.resolve(pickedFrom(input.files ?? [])));
      input.value = "";
    });
    return [input, h("label", { class: "button", for: id }, text)];
  }

  private fetchButton(source: Source): HTMLButtonElement {
    const { name, title, bytes, host } = source;
    const button = h("button", { type: "button", class: "button", "data-source": name }, `Fetch ${title}`);
    button.append(h("small", {}, `${megabytes(bytes)} from ${host}`));
    button.addEventListener("click", () => void this.fetch(source));
    return button;
  }

  private fetch({ name, title }: Source): Promise<void> {
    return this.work(`Fetching ${title}…`, () =>
      this.actions.fetch(name, (done, total) => {
        this.show(done / total);
        setText(this.arrived, `${megabytes(done)} of ${megabytes(total)}`);
      }),
    );
  }

  private take(picked: Promise<readonly PickedFile[]>): Promise<void> {
    return this.work("Looking through what you gave…", async () => {
      const files = await picked;
      if (files.length === 0) throw new Error("There are no files in it.");
      this.notice.say(`Reading ${files.length === 1 ? files[0]!.path : `${files.length} files`}…`);
      await this.actions.take(files, (done, total) => this.show(done / total));
    });
  }

  private show(share: number): void {
    this.progress.hidden = false;
    this.bar.value = share;
  }

  private async work(doing: string, task: () => Promise<void>): Promise<void> {
    if (this.busy)
      return this.notice.say("One thing at a time: the last data are still on their way.", "bad");
    this.busy = true;
    for (const button of this.buttons) button.disabled = true;
    this.bar.value = 0;
    setText(this.arrived, "");
    this.progress.hidden = !doing.startsWith("Fetching");
    this.notice.say(doing);
    try {
      await task();
      this.notice.say(this.words.done, "good");
    } catch (error) {
      this.notice.say(messageOf(error), "bad");
    } finally {
      this.busy = false;
      this.progress.hidden = true;
      for (const button of this.buttons) button.disabled = false;
    }
  }

  private acceptDrops(): void {
    const veil = h("div", { class: "veil", hidden: true }, h("p"));
    setText(veil.firstElementChild!, this.words.drop);
    document.body.append(veil);
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      veil.hidden = false;
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) veil.hidden = true;
    });
    addEventListener("drop", (event) => {
      veil.hidden = true;
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) void this.take(droppedFrom(event.dataTransfer));
    });
  }
}
