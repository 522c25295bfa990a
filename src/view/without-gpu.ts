/** What stands in a stage's place where there is no WebGPU: a recorded picture, and how to get the live one. */
import { h } from "./dom";
import { messageOf } from "./notice";
import { stillOf } from "./still";
import { webgpuHelp } from "./webgpu-help";

/**
 * Title and caption stay, all else goes: nothing of it would answer.
 * @param error why no device could be opened, where the browser has WebGPU
 */
export function withoutGpu(figure: HTMLElement, error: unknown): void {
  figure.dataset.state = "no-gpu";
  for (const part of figure.querySelectorAll(":scope > :not(figcaption, .figure-title)")) part.remove();
  const help =
    "gpu" in navigator && navigator.gpu ? messageOf(error) : webgpuHelp(navigator.userAgent, isSecureContext);
  const still = stillOf(figure.id);
  const what = still
    ? "Here it is a recording; live it needs WebGPU."
    : "This figure needs WebGPU, and so it is empty here.";
  figure
    .querySelector(".figure-title")
    ?.after(...(still ? [still] : []), h("p", { class: "without-gpu" }, h("strong", {}, what), ` ${help}`));
}
