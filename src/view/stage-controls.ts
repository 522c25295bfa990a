/** The buttons Play, Step and Reset of a stage, as the front page has them, and the line in which it speaks. */
import { byId, h } from "./dom";
import { Notice } from "./notice";

/** Fills `NAME-controls`. @param name the figure's id @returns the line */
export function stageControls(name: string): Notice {
  const button = (id: string, text: string, key: string, ...icon: HTMLElement[]) =>
    h(
      "button",
      {
        id: `${name}-${id}`,
        class: icon.length > 0 ? "button button-main" : "button",
        type: "button",
        disabled: true,
        "aria-keyshortcuts": key,
        title: `Key ${key} while the focus is in this figure`,
      },
      ...icon,
      h("span", { class: "button-text" }, text),
      h("kbd", { "aria-hidden": "true" }, key),
    );
  const status = h("p", { id: `${name}-status`, class: "notice", role: "status" });
  byId(`${name}-controls`).replaceChildren(
    h(
      "div",
      { class: "button-row" },
      button("play", "Play", "K", h("span", { class: "play-icon", "aria-hidden": "true" })),
      button("step", "Step", "S"),
      button("reset", "Reset", "R"),
    ),
    status,
  );
  return new Notice(status);
}
