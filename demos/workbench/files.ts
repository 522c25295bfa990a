/** Downloads: the two files that the repository wants, and what is amiss with their name. */

import { neuronModels } from "../../src/experiment/neurons";
import { rules } from "../../src/experiment/rules";
import { nameProblem, type SourceFile } from "../../src/expression/files";
import { byId, setText } from "../../src/view/dom";
import { download } from "../../src/view/download";

const field = byId("wb-name") as HTMLInputElement;
const said = byId("wb-name-said");

export interface FilesHooks {
  /** The files as the text now stands, unless it is wrong. */
  files(name: string): readonly [SourceFile, SourceFile] | undefined;
  mode(): "rule" | "neuron";
  renamed(name: string): void;
}

export class Files {
  constructor(private readonly hooks: FilesHooks) {
    field.addEventListener("input", () => {
      this.judge();
      hooks.renamed(field.value);
    });
    (["ts", "wgsl"] as const).forEach((kind, at) => {
      byId(`wb-save-${kind}`).addEventListener("click", () => {
        const file = this.judge() ? this.hooks.files(field.value)?.[at] : undefined;
        if (file) download(file.path.split("/").at(-1)!, "text/plain", [file.text]);
      });
    });
  }

  show(name: string): void {
    field.value = name;
    this.judge();
  }

  /** Says where the files belong, or what is wrong. @returns whether they can be had */
  judge(): boolean {
    const taken = this.hooks.mode() === "rule" ? rules.map(({ name }) => name) : Object.keys(neuronModels);
    const problem = nameProblem(field.value, taken);
    const files = problem ? undefined : this.hooks.files(field.value);
    field.setAttribute("aria-invalid", String(problem !== undefined));
    setText(
      said,
      problem ??
        (files
          ? `They belong into ${files[0].path} and ${files[1].path}; nothing else needs to be changed.`
          : "There are files once the text compiles."),
    );
    for (const kind of ["ts", "wgsl"]) (byId(`wb-save-${kind}`) as HTMLButtonElement).disabled = !files;
    return files !== undefined;
  }
}
