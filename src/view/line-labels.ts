/** The labels at the ends of a chart's lines: each as near its line as the others allow. */
import { h, setText } from "./dom";

export interface LineLabel {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** A CSS custom property. */
  readonly colour: string;
  /** Where its line ends, in CSS pixels from the top. */
  readonly y: number;
}

export interface LabelArea {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** Of a label whose name takes one line or, now and then, two; in CSS pixels. */
const usualHeight = 40;

interface Placed {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly value: HTMLElement;
}

export class LineLabels {
  private readonly placed = new Map<string, Placed>();

  constructor(private readonly host: HTMLElement) {}

  place(labels: readonly LineLabel[], area: LabelArea): void {
    for (const [key, { element }] of this.placed)
      if (!labels.some((label) => label.key === key)) {
        element.remove();
        this.placed.delete(key);
      }
    const elements = labels.map((label) => {
      const { element, name, value } = this.placed.get(label.key) ?? this.make(label);
      setText(name, label.label);
      setText(value, label.value);
      element.style.left = `${area.left}px`;
      element.style.width = `${area.width}px`;
      element.classList.toggle("is-compact", labels.length * usualHeight > area.bottom - area.top);
      return element;
    });
    const boxes = elements.map((element, index) => {
      const height = element.offsetHeight + 2;
      return { element, height, top: labels[index]!.y - height / 2 };
    });
    spread(boxes, area.top, area.bottom);
    for (const { element, top } of boxes) element.style.top = `${Math.round(top)}px`;
  }

  private make({ key, colour }: LineLabel): Placed {
    const name = h("span", { class: "line-label-name" });
    const value = h("span", { class: "line-label-value" });
    const element = h("div", { class: "line-label" }, value, name);
    // Nearer to ink than its line, as words that small need more contrast.
    element.style.color = `color-mix(in oklab, var(${colour}) 75%, var(--ink))`;
    this.host.append(element);
    const made = { element, name, value };
    this.placed.set(key, made);
    return made;
  }
}

/** Moves boxes apart until none covers another: pushed down from the top, then back up from the bottom. */
export function spread(boxes: { top: number; readonly height: number }[], top: number, bottom: number): void {
  const sorted = [...boxes].sort((a, b) => a.top + a.height / 2 - (b.top + b.height / 2));
  let edge = top;
  for (const box of sorted) {
    box.top = Math.max(box.top, edge);
    edge = box.top + box.height;
  }
  edge = Math.max(bottom, edge - (edge - bottom));
  for (const box of sorted.reverse()) {
    box.top = Math.min(box.top, edge - box.height);
    edge = box.top;
  }
}
