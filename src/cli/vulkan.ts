/**
 * Finds a Chrome or Chromium on this machine, and beside its binary SwiftShader, the Vulkan driver in software
 * that lets Dawn run where no GPU answers.
 */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** SwiftShader's manifest for the Vulkan loader, and the loader (`libvulkan.so.1`) that lies beside it, if one does. */
export interface SoftwareVulkan {
  readonly icd: string;
  readonly loader?: string;
}

/** Where packages put the real binary when the command on the PATH is a shell script. */
const libraries = [
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/usr/lib64/chromium-browser",
  "/opt/google/chrome",
  "/snap/chromium/current/usr/lib/chromium-browser",
];

/** The browser to use: the first of `chromes()`. */
export const findChrome = (env: Environment = process.env): string | undefined => chromes(env)[0];

/**
 * Every Chrome or Chromium found, the preferred one first: named by the environment, in puppeteer's cache (newest
 * first), on the PATH, in the usual places.
 * @throws if ENGRAM_CHROME names no file: a deliberate setting is never passed over in silence.
 */
export function chromes(env: Environment = process.env): string[] {
  if (env.ENGRAM_CHROME && !isFile(env.ENGRAM_CHROME)) {
    throw new Error(
      `ENGRAM_CHROME should name the executable of a Chrome or Chromium, but there is no file ${env.ENGRAM_CHROME}: correct it or unset it.`,
    );
  }
  const named = [env.ENGRAM_CHROME, env.PUPPETEER_EXECUTABLE_PATH, env.CHROME_PATH];
  const places = [...named, ...inPuppeteerCache(env), ...onPath(env), ...installed(env)];
  return [...new Set(places.filter((path) => path !== undefined && isFile(path)))] as string[];
}

/** SwiftShader beside `chrome`'s real binary, or else in one of the folders where packages put it. */
export function softwareVulkan(chrome: string | undefined = findChrome()): SoftwareVulkan | undefined {
  const beside = chrome && isFile(chrome) ? [dirname(realpathSync(chrome))] : [];
  for (const folder of [...beside, ...libraries]) {
    const icd = join(folder, "vk_swiftshader_icd.json");
    const loader = join(folder, "libvulkan.so.1");
    if (isFile(icd)) return isFile(loader) ? { icd, loader } : { icd };
  }
  return undefined;
}

/** Puppeteer keeps `chrome/PLATFORM-VERSION/chrome-PLATFORM/BINARY`. */
function inPuppeteerCache(env: Environment): string[] {
  const cache = join(env.PUPPETEER_CACHE_DIR ?? join(homedir(), ".cache", "puppeteer"), "chrome");
  const newestFirst = entries(cache).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const mac = "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing";
  return newestFirst.flatMap((version) =>
    entries(join(cache, version)).flatMap((platform) =>
      ["chrome", "chrome.exe", mac].map((binary) => join(cache, version, platform, binary)),
    ),
  );
}

function onPath(env: Environment): string[] {
  const names =
    process.platform === "win32"
      ? ["chrome.exe", "chromium.exe"]
      : ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function installed(env: Environment): string[] {
  if (process.platform === "darwin") {
    const apps = ["Google Chrome", "Chromium", "Google Chrome Canary"];
    return ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app/Contents/MacOS/${app}`)),
    );
  }
  if (process.platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
    return roots.flatMap((root) =>
      root ? ["Google/Chrome", "Chromium"].map((app) => join(root, app, "Application/chrome.exe")) : [],
    );
  }
  const folders = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"];
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...libraries.flatMap((folder) => [join(folder, "chrome"), join(folder, "chromium")]),
  ];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
