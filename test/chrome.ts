/** Finds the Chrome or Chromium that the tests and the benchmark drive, getting one where there is none. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromes } from "../src/cli/vulkan";

export const repository = resolve(import.meta.dirname, "..");
const puppeteer = join(repository, "node_modules", "puppeteer");

/**
 * The path of a browser that starts. Where none does, puppeteer downloads its own; failing that, Debian's package is
 * installed if we may.
 * @throws one sentence that says what to install
 */
export function ensureChrome(): string {
  const chrome = working() ?? (download() && working()) ?? (installPackage() && working());
  if (chrome) return chrome;
  throw new Error(
    "The tests need Chrome or Chromium: none was found, and puppeteer could not download its own; install one (Debian, as root: apt-get install chromium libvulkan1; elsewhere Google Chrome), or set ENGRAM_CHROME to its executable.",
  );
}

const working = (): string | undefined => chromes().find(starts);

/** A download that lacks system libraries is a file but no browser. Chrome on Windows would open a window. */
function starts(chrome: string): boolean {
  return process.platform !== "linux" || spawnSync(chrome, ["--version"], { timeout: 20_000 }).status === 0;
}

function download(): true | undefined {
  const { bin } = JSON.parse(readFileSync(join(puppeteer, "package.json"), "utf8"));
  return attempt(process.execPath, [join(puppeteer, bin), "browsers", "install", "chrome"], 120);
}

function installPackage(): true | undefined {
  const mayInstall = isDebian() && process.getuid?.() === 0;
  if (!mayInstall) return undefined;
  const wait = ["-o", "DPkg::Lock::Timeout=120"];
  const install = ["install", "-y", "--no-install-recommends", "chromium", "libvulkan1"];
  return attempt("apt-get", ["update"], 120) && attempt("apt-get", [...wait, ...install], 300);
}

function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function attempt(command: string, args: string[], seconds: number): true | undefined {
  console.error(`No Chrome or Chromium that starts: trying ${[command, ...args].join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync(command, args, {
    cwd: repository,
    env,
    timeout: seconds * 1000,
    stdio: "ignore",
  });
  return status === 0 || undefined;
}
