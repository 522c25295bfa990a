/** The real page in a real Chrome: Vite builds and serves it, puppeteer visits. The benchmark uses the same. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import puppeteer, { type Browser, type Page } from "puppeteer";
import { preview } from "vite";
import { ensureChrome, repository } from "../chrome";

export interface Site {
  /** Where it answers, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** In a test run, the folder that its global teardown removes, also after a test that hung. */
const testFolder = process.env.ENGRAM_TEST_FOLDER;

/** Quiet, and with WebGPU; on Linux always on SwiftShader, so that every machine tests the same adapter. */
const flags = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--disable-sync",
  "--enable-unsafe-webgpu",
];
const software = process.platform === "linux" ? ["--use-webgpu-adapter=swiftshader"] : [];

/**
 * A headless Chrome with a profile of its own, which goes with the test run's folder or when the browser closes.
 * @param more further flags; a `--use-webgpu-adapter=…` among them replaces SwiftShader
 */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const choosesAdapter = more.some((flag) => flag.startsWith("--use-webgpu-adapter="));
  const args = [...flags, ...(choosesAdapter ? [] : software), ...more];
  const profile = testFolder && { userDataDir: mkdtempSync(join(testFolder, "profile-")) };
  return puppeteer.launch({ executablePath: ensureChrome(), headless: true, args, ...profile });
}

/**
 * Serves the production build of a folder, on a free port of this machine only. The build is made once per process
 * and folder, by Vite's own command: within Vitest NODE_ENV would turn it into a development build.
 * @param root a folder with an index.html and, if it needs one, a vite.config.ts
 */
export async function serve(root: string = repository): Promise<Site> {
  const outDir = await built(root);
  const server = await preview({
    root,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error("Vite's preview server gave no address for the built page.");
  return { url, close: () => server.close() };
}

/** Gets the page and a list that grows with each warning, error and uncaught exception in its console. */
export type Visit<T> = (page: Page, consoleErrors: readonly string[]) => Promise<T>;

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** The built page in a Chrome: several visits can share both. */
export interface Served {
  /**
   * Visits a path in a tab of its own and closes it.
   * @param path relative to the page's root, such as "" or "?rules=backprop"
   */
  visit<T>(path: string, viewport: Viewport, visit: Visit<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens it; whoever does closes it. @param root as for `serve` */
export async function open(root: string = repository): Promise<Served> {
  const site = await serve(root);
  const browser = await launchBrowser().catch(async (error) => {
    await site.close();
    throw error;
  });
  return {
    async visit(path, viewport, visit) {
      const page = await browser.newPage();
      try {
        await page.setViewport(viewport);
        const consoleErrors = listen(page);
        await page.goto(new URL(path.replace(/^\//, ""), site.url).href, { waitUntil: "load" });
        return await visit(page, consoleErrors);
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Visits one path of the built page in a Chrome of its own, and always cleans up. */
export async function withPage<T>(path: string, viewport: Viewport, visit: Visit<T>): Promise<T> {
  const served = await open();
  try {
    return await served.visit(path, viewport, visit);
  } finally {
    await served.close();
  }
}

/** Waits until a figure's first play is made ready, or can't be. @param name the figure's id */
export const figureReady = (page: Page, name: string): Promise<void> =>
  page.evaluate(async (id) => {
    await (window.engram[id] as { ready: Promise<unknown> }).ready;
  }, name);

function listen(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(`uncaught: ${error instanceof Error ? error.stack : error}`));
  page.on("console", (message) => {
    const kind = message.type();
    if (kind !== "error" && kind !== "warn" && kind !== "assert") return;
    const { url = "", lineNumber = 0 } = message.location();
    heard.push(`${kind}: ${message.text()} (${url}:${lineNumber + 1})`);
  });
  return heard;
}

/** The folder of the built page: the same build that `serve` serves. */
export const builtPage = (): Promise<string> => built(repository);

const builds = new Map<string, Promise<string>>();

function built(root: string): Promise<string> {
  const known = builds.get(root) ?? build(root);
  builds.set(root, known);
  return known;
}

/** Builds into a temporary folder, which goes with the test run's folder or with this process. */
async function build(root: string): Promise<string> {
  if (root === repository && testFolder) return buildOnce(join(testFolder, "page"));
  return buildAnew(root);
}

/** One build of the page for all files of a test run: the first to come makes it, the others wait. */
async function buildOnce(folder: string): Promise<string> {
  const [done, failed] = [join(folder, "done"), join(folder, "failed")];
  const page = join(folder, "page");
  try {
    mkdirSync(folder);
  } catch {
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error("Another test file's build of the page failed; see there.");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return page;
  }
  try {
    await buildInto(repository, page);
  } catch (error) {
    writeFileSync(failed, "");
    throw error;
  }
  writeFileSync(done, "");
  return page;
}

async function buildAnew(root: string): Promise<string> {
  const outDir = mkdtempSync(join(testFolder ?? tmpdir(), "engram-page-"));
  if (!testFolder) process.once("exit", () => rmSync(outDir, { recursive: true, force: true }));
  await buildInto(root, outDir);
  return outDir;
}

async function buildInto(root: string, outDir: string): Promise<void> {
  const vite = join(repository, "node_modules", "vite", "bin", "vite.js");
  const args = [vite, "build", root, "--outDir", outDir, "--emptyOutDir"];
  const { NODE_ENV: _, ...env } = process.env;
  try {
    await promisify(execFile)(process.execPath, args, { cwd: repository, env });
  } catch (cause) {
    const { stdout, stderr } = cause as { stdout?: string; stderr?: string };
    throw new Error(`vite build ${root} failed:\n${stdout ?? ""}${stderr ?? ""}`, { cause });
  }
}
