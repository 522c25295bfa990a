/** Look deeper: what stands behind a section, made when it is first unfolded. */
import { h } from "../../src/view/dom";
import { messageOf } from "../../src/view/notice";

/** Makes every `<details class="deeper" data-rules="…">` of the page ready. */
export function deepen(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.deeper"))
    details.addEventListener("toggle", () => void fill(details), { once: true });
}

async function fill(details: HTMLDetailsElement): Promise<void> {
  const place = h("div", { class: "deeper-body" }, h("p", { role: "status" }, "Fetching…"));
  details.append(place);
  try {
    const { depthsOf } = await import("./depths");
    place.replaceChildren(...(await Promise.all(details.dataset.rules!.split(" ").map(depthsOf))));
  } catch (error) {
    place.replaceChildren(
      h(
        "p",
        { role: "status" },
        `This could not be fetched: ${messageOf(error)} Reload the page to try again.`,
      ),
    );
  }
}
