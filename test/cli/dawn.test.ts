/** Oracle: what the environment of each child process leaves for Dawn to find. Dawn opens in children only. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chromes, findChrome, softwareVulkan } from "../../src/cli/vulkan";
import { repository } from "../chrome";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "engram-dawn-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(...path: string[]): string {
  const name = join(folder, ...path);
  mkdirSync(dirname(name), { recursive: true });
  writeFileSync(name, "");
  return name;
}

describe("finding a browser", () => {
  const cached = (version: string) => file("cache", "chrome", version, "chrome-linux64", "chrome");
  const older = cached("linux-99.0.1.0");
  const newer = cached("linux-131.0.2.0");
  const onPath = file("bin", process.platform === "win32" ? "chrome.exe" : "google-chrome");
  const env = { PUPPETEER_CACHE_DIR: join(folder, "cache"), PATH: dirname(onPath) };

  test("puppeteer's cache comes before the PATH, its newest version first", () => {
    expect(chromes(env).slice(0, 3)).toEqual([newer, older, onPath]);
  });

  test("the environment comes first, ENGRAM_CHROME before all", () => {
    const [engram, puppeteer, path] = [file("a"), file("b"), file("c")];
    const named = { ...env, CHROME_PATH: path, PUPPETEER_EXECUTABLE_PATH: puppeteer, ENGRAM_CHROME: engram };
    expect(chromes(named).slice(0, 4)).toEqual([engram, puppeteer, path, newer]);
  });

  test("another tool's stale setting is passed over, ENGRAM_CHROME is not", () => {
    expect(findChrome({ ...env, CHROME_PATH: "/no/such/chrome" })).toBe(newer);
    expect(() => findChrome({ ...env, ENGRAM_CHROME: "/no/such/chrome" })).toThrow(
      /ENGRAM_CHROME.*\/no\/such/,
    );
  });

  test("the software driver is found beside the real binary, behind a link", () => {
    const binary = file("opt", "chrome", "google-chrome");
    const icd = file("opt", "chrome", "vk_swiftshader_icd.json");
    const link = join(folder, "bin", "linked");
    symlinkSync(binary, link);
    expect(softwareVulkan(link)).toEqual({ icd });
    const loader = file("opt", "chrome", "libvulkan.so.1");
    expect(softwareVulkan(link)).toEqual({ icd, loader });
  });
});

/** Opens Dawn in a child and prints what its adapter calls itself, or the message of the error. */
const openAndTell = `
  import { createServer } from "vite";
  const server = { middlewareMode: true, ws: false, watch: null };
  const vite = await createServer({ configFile: false, logLevel: "silent", appType: "custom", server });
  const module = await vite.ssrLoadModule("/src/cli/dawn.ts");
  try {
    const { gpu } = await module.openDawn();
    const device = await (await gpu.requestAdapter()).requestDevice();
    const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
    await buffer.mapAsync(GPUMapMode.READ);
    console.log("opened", device.adapterInfo.description);
  } catch (error) {
    console.log("refused", error.message);
  }
  process.exit(0);
`;

function open(env: Record<string, string>, ...wrapper: string[]): string {
  const { VK_DRIVER_FILES: _files, VK_ICD_FILENAMES: _names, LD_LIBRARY_PATH: _path, ...rest } = process.env;
  const [command, ...args] = [...wrapper, process.execPath, "--input-type=module", "--eval", openAndTell];
  const options = { cwd: repository, env: { ...rest, ...env }, timeout: 50_000, encoding: "utf8" } as const;
  return spawnSync(command as string, args, options).stdout.trim();
}

/** With these the Vulkan loader finds no driver by itself, whatever is installed. */
const noDrivers = { XDG_DATA_DIRS: "/none", XDG_DATA_HOME: "/none", XDG_CONFIG_DIRS: "/none", HOME: "/none" };

/** A namespace of our own where the system's Vulkan loader, if it has one, is unreadable to the linker. */
const systemLoaders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
const hideLoader = `
  for file in ${systemLoaders.map((path) => `${path}/libvulkan.so.1`).join(" ")}; do
    if [ -e "$file" ]; then mount --bind /dev/null "$(readlink -f "$file")" || exit 1; fi
  done
  exec "$@"
`;
const withoutLoader = ["unshare", "--map-root-user", "--mount", "sh", "-c", hideLoader, "sh"];
const canHide = () => spawnSync(withoutLoader[0] as string, [...withoutLoader.slice(1), "true"]).status === 0;

describe.runIf(process.platform === "linux")("opening Dawn", () => {
  const software = softwareVulkan();

  test.runIf(software)("falls back on the browser's software driver where no other answers", () => {
    expect(open(noDrivers)).toMatch(/^opened SwiftShader/);
  });

  test.runIf(software?.loader && canHide())(
    "finds the browser's Vulkan loader where the system has none",
    () => {
      expect(open(noDrivers, ...withoutLoader)).toMatch(/^opened SwiftShader/);
    },
  );

  test("leaves the user's choice of driver alone, and says so when it does not answer", () => {
    expect(open({ VK_DRIVER_FILES: "/no/such/icd.json" })).toMatch(
      /^refused .*VK_DRIVER_FILES.*\/no\/such\/icd\.json/,
    );
  });
});
