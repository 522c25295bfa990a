/** Before the tests: a browser for the page, and for Dawn in Node a Vulkan driver that answers. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { softwareVulkan } from "../src/cli/vulkan";
import { ensureChrome, repository } from "./chrome";

/** The forks inherit this process's environment. They end without exit handlers, so their folder is removed here. */
export default function setup(): () => void {
  const chrome = ensureChrome();
  process.env.ENGRAM_CHROME = chrome;
  provideDriver(chrome);
  const folder = mkdtempSync(join(tmpdir(), "engram-test-"));
  process.env.ENGRAM_TEST_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** A driver that the environment names already is left alone, and so is one that answers. */
function provideDriver(chrome: string): void {
  const chosen = process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES;
  if (process.platform !== "linux" || chosen || answers()) return;
  const software = softwareVulkan(chrome);
  if (!software) return; // openDawn says in each test what is missing
  process.env.VK_DRIVER_FILES = software.icd;
  process.env.VK_ICD_FILENAMES = software.icd;
}

/** Whether some adapter answers as things stand. A child asks, so that a driver that hangs or crashes takes only it along. */
function answers(): boolean {
  const probe = `
    import { create } from "webgpu";
    const gpu = create([]);
    process.exit((await gpu.requestAdapter()) ? 0 : 1);
  `;
  const args = ["--input-type=module", "--eval", probe];
  return (
    spawnSync(process.execPath, args, { cwd: repository, timeout: 30_000, stdio: "ignore" }).status === 0
  );
}
