/**
 * Stills: what a demo looked like once it had run, recorded by `node tools/stills.mjs`, for browsers without WebGPU. A demo's
 * folder has one for each scheme of colours, and a few facts of the recording.
 */
import { h } from "./dom";

interface Recording {
  readonly adapter: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Of the pictures, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const pictures = import.meta.glob<string>("../../demos/*/still-*.webp", {
  query: "?url",
  import: "default",
  eager: true,
});
const recordings = import.meta.glob<Recording>("../../demos/*/still.json", {
  import: "default",
  eager: true,
});

/**
 * The recorded picture of a figure, with what it was recorded on.
 * @param name the demo's folder, which is its figure's id as well
 * @returns nothing where none has been recorded
 */
export function stillOf(name: string): HTMLElement | undefined {
  const of = (scheme: string) => pictures[`../../demos/${name}/still-${scheme}.webp`];
  const [light, dark, recording] = [of("light"), of("dark"), recordings[`../../demos/${name}/still.json`]];
  if (!light || !dark || !recording) return undefined;
  const { adapter, date, width, height } = recording;
  const title = document.getElementById(`${name}-title`)?.textContent ?? name;
  const image = {
    src: light,
    width,
    height,
    loading: "lazy",
    alt: `Recorded picture of this figure: ${title}`,
  };
  return h(
    "div",
    { class: "still" },
    h(
      "picture",
      {},
      h("source", { srcset: dark, media: "(prefers-color-scheme: dark)", width, height }),
      h("img", image),
    ),
    h("p", { class: "still-told" }, `Recorded on ${adapter}, ${dated(date)}.`),
  );
}

const dated = (date: string) =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
