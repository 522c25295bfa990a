/**
 * Records the demos' stills, which stand in for them where a browser has no WebGPU. Run by hand, in the repository's root:
 *
 *   node tools/stills.mjs [NAME…]      the demos of these folders; default all that have a figure and a page of their own
 *
 * It builds the page, opens each demo in Chrome (ENGRAM_CHROME, or puppeteer's own or the system's), lets it run until what it
 * measures has moved, pauses it, and takes the figure without title, caption and controls in both schemes of colours into
 * demos/NAME/still-light.webp and still-dark.webp, at most 60 kB each, with the facts of the recording in still.json. On Linux
 * the adapter is Chrome's software one, so that a machine without a GPU can do it; ENGRAM_ADAPTER chooses another.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import puppeteer from "puppeteer";
import { build, preview } from "vite";

const root = resolve(import.meta.dirname, "..");
/** CSS pixels, and the most bytes of a picture. */
const [width, most] = [1152, 60_000];
/** What has to hold before the picture is taken; the others take so many turns, or run to their end. */
const turns = {
  ...{ digits: 200, dopamine: 170, encoder: 150, fields: 200, goodness: 110, hebb: 110, hopfield: 45 },
  ...{ perceptron: 16, reward: 130, settling: 34, sharks: 400, stdp: 3, time: 70, followed: 40, spikes: 250 },
};
const usual = 60;
/** A demo that has not come so far by then is taken as it stands, ms. */
const patience = Number(process.env.ENGRAM_PATIENCE ?? 240_000);

const demos = readdirSync(join(root, "demos")).filter((name) =>
  ["figure.html", "index.html"].every((file) => existsSync(join(root, "demos", name, file))),
);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !demos.includes(name));
if (unknown.length > 0) {
  console.error(`No demo is called ${unknown.join(", ")}: choose among ${demos.join(", ")}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "engram-stills-"));
const outDir = join(folder, "page");
let browser;
let server;
try {
  await build({ root, logLevel: "error", build: { outDir } });
  server = await preview({
    root,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  const adapter = process.env.ENGRAM_ADAPTER ?? (process.platform === "linux" ? "swiftshader" : "");
  browser = await puppeteer.launch({
    executablePath: chrome(),
    args: [
      ...["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-webgpu"],
      ...(adapter ? [`--use-webgpu-adapter=${adapter}`] : []),
    ],
  });
  for (const name of wanted.length > 0 ? wanted : demos) await record(name);
} finally {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Undefined leaves the choice to puppeteer. */
function chrome() {
  const usual = ["/usr/bin/google-chrome", "/usr/bin/chromium"];
  return process.env.ENGRAM_CHROME ?? usual.find((path) => existsSync(path));
}

async function record(name) {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width, height: 900 });
    await scheme(page, "light");
    await page.goto(`${server.resolvedUrls.local[0]}demos/${name}/`);
    const facts = await page.evaluate(run, name, turns[name] ?? usual, patience);
    await page.evaluate(strip, name);
    const box = {};
    for (const colours of ["light", "dark"]) {
      await scheme(page, colours);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 600))); // pictures are drawn anew
      Object.assign(box, await take(page, name, colours));
    }
    const date = new Date().toISOString().slice(0, 10);
    const still = { adapter: facts.adapter, date, width, height: box.height };
    writeFileSync(join(root, "demos", name, "still.json"), `${JSON.stringify(still, undefined, 2)}\n`);
    console.log(
      `${name}: ${facts.turns} turns, ${facts.state}, ${width} × ${box.height}, ${box.bytes} bytes`,
    );
  } finally {
    await page.close();
  }
}

/** Where less motion is asked for, too, turns take no longer than the work in them. */
function scheme(page, value) {
  return page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}

/** In the page: lets a demo run. */
async function run(name, turns, patience) {
  const end = performance.now() + patience;
  const stage = await window.engram[name].ready;
  stage.start();
  while (stage.turns < turns && stage.state === "running" && performance.now() < end)
    await new Promise((done) => setTimeout(done, 20));
  stage.pause();
  while (stage.busy) await new Promise((done) => setTimeout(done, 20));
  return { turns: stage.turns, state: stage.state, adapter: stage.device.facts.name };
}

/** In the page: leaves of the figure what it shows; parts marked data-live are of use in the live one alone. */
function strip(name) {
  const figure = document.getElementById(name);
  const gone = [
    ...[".figure-title", "figcaption", `[id$="-controls"]`, ".button-row", "button", "fieldset", "select"],
    ...["label", "input", "[role=status]", "textarea", ".lil-gui", "[data-live]"],
  ];
  for (const element of [document.querySelector("footer"), ...figure.querySelectorAll(gone.join())])
    if (element) element.style.display = "none";
  // What has become empty takes no room; it is the inner ones' turn first.
  const shows = (element) =>
    element.matches("canvas, svg, img, .plot") ||
    element.querySelector("canvas, svg, img, .plot") ||
    element.innerText.trim() !== "";
  for (const element of [...figure.querySelectorAll("div, section, p")].reverse())
    if (
      getComputedStyle(element).display !== "none" &&
      !shows(element) &&
      !element.closest(".plot, [aria-hidden]")
    )
      element.style.display = "none";
  figure.style.margin = "32px 0";
  document.documentElement.style.scrollbarWidth = "none";
}

/** Takes the figure, in the best quality for which there is room. */
async function take(page, name, colours) {
  const { y, height } = await page.$eval(`#${name}`, (figure) => {
    const { y, height } = figure.getBoundingClientRect();
    return { y: y + scrollY, height };
  });
  const clip = { x: 0, y: Math.max(0, y - 8), width, height: Math.ceil(height) + 16 };
  for (let quality = 72; ; quality -= 8) {
    const bytes = await page.screenshot({ type: "webp", quality, clip, captureBeyondViewport: true });
    if (bytes.length > most && quality > 16) continue;
    writeFileSync(join(root, "demos", name, `still-${colours}.webp`), bytes);
    return { height: clip.height, bytes: bytes.length };
  }
}
