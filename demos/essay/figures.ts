/** Figures: each demo's script is fetched when its figure comes near the screen; from then on it rests and runs by itself. */
import { h } from "../../src/view/dom";
import { messageOf } from "../../src/view/notice";

const scripts = import.meta.glob<unknown>([
  "../*/main.ts",
  "!../{essay,race,lab,workbench,profiler}/main.ts",
]);

/** Ready a good while before it is seen, for someone who reads on. */
const near = "600px";

/** Watches every figure of the page that is a demo's. */
export function enliven(): void {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) {
          observer.unobserve(target);
          void awake(target as HTMLElement);
        }
    },
    { rootMargin: near },
  );
  for (const path of Object.keys(scripts)) {
    const figure = document.getElementById(nameIn(path));
    if (figure) observer.observe(figure);
  }
}

const nameIn = (path: string): string => path.split("/").at(-2)!;

async function awake(figure: HTMLElement): Promise<void> {
  try {
    await scripts[`../${figure.id}/main.ts`]!();
  } catch (error) {
    const said = `This figure could not be loaded: ${messageOf(error)} Reload the page to try again.`;
    figure.append(h("p", { class: "notice", "data-tone": "bad", role: "status" }, said));
  }
}
