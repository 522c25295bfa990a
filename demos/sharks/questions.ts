/** The questions as lists to choose from: a name, and each pool of properties. */
import type { Layout } from "../../src/experiment/interactive";
import { h } from "../../src/view/dom";

export class Questions {
  private readonly lists: { readonly pool: string; readonly select: HTMLSelectElement }[];

  /** @param asked hears the names of the units that are asked with */
  constructor(host: HTMLElement, layout: Layout, asked: (names: string[]) => void) {
    const pools = [...new Set(layout.units.map(({ pool }) => pool))].filter((pool) => pool !== "person");
    this.lists = pools.map((pool) => {
      const names = layout.units.filter((unit) => unit.pool === pool).map(({ name }) => name);
      const select = h("select", {}, ...["any", ...names].map((name) => h("option", {}, name)));
      select.addEventListener("change", () => asked(this.chosen));
      host.append(h("label", {}, pool, select));
      return { pool, select };
    });
  }

  private get chosen(): string[] {
    return this.lists.map(({ select }) => select.value).filter((name) => name !== "any");
  }

  /** Shows what is asked with now; where it is several of a pool, the first. */
  show(layout: Layout, given: ReadonlySet<number>): void {
    for (const { pool, select } of this.lists) {
      const unit = layout.units.find((one, index) => one.pool === pool && given.has(index));
      select.value = unit?.name ?? "any";
    }
  }
}
