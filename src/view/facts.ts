/** The line of facts under a figure: where its numbers come from. */
import { h, setText } from "./dom";

export class Facts {
  private readonly values = new Map<string, HTMLElement>();

  constructor(private readonly list: HTMLElement) {}

  /** Shows named facts, in the order of their first appearance; those not named any more go. */
  show(facts: Readonly<Record<string, string>>): void {
    for (const [name, value] of this.values)
      if (!(name in facts)) {
        value.parentElement?.remove();
        this.values.delete(name);
      }
    for (const [name, text] of Object.entries(facts)) setText(this.values.get(name) ?? this.add(name), text);
  }

  private add(name: string): HTMLElement {
    const value = h("dd");
    this.list.append(h("div", {}, h("dt", {}, name), value));
    this.values.set(name, value);
    return value;
  }
}
