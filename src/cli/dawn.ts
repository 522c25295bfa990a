/**
 * WebGPU in Node through Dawn (npm package `webgpu`): on the machine's GPU, or where none answers on SwiftShader,
 * the software driver that comes inside Chrome.
 */
import { constants } from "node:os";
import { findChrome, softwareVulkan } from "./vulkan";

/** dlopen's RTLD_NODELETE, which node:os does not name: the library stays loaded after Node has closed it. */
const noDelete = 0x1000;

/** Dawn crashes when an instance is collected while its adapters live: each is kept for the whole process. */
const instances: GPU[] = [];

/**
 * Opens Dawn, defines WebGPU's globals (GPUBufferUsage and so on), and makes sure that an adapter answers.
 * A VK_DRIVER_FILES or VK_ICD_FILENAMES of the user's own is left as it is.
 * @param flags further options for Dawn, such as `enable-dawn-features=…` or `adapter=NAME`
 * @throws one sentence for people if Dawn does not load or no adapter answers
 */
export async function openDawn(flags: readonly string[] = []): Promise<{ gpu: GPU }> {
  const { create, globals } = await loadDawn();
  Object.assign(globalThis, globals);
  provideVulkanLoader();

  const open = async (): Promise<GPU | undefined> => {
    try {
      const gpu = create(["disable-dawn-features=timestamp_quantization", ...flags]);
      instances.push(gpu);
      return (await gpu.requestAdapter()) ? gpu : undefined;
    } catch {
      return undefined;
    }
  };

  const chosen = process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES;
  const found = await open();
  if (found) return { gpu: found };
  if (chosen) {
    throw new Error(
      `No WebGPU adapter: VK_DRIVER_FILES or VK_ICD_FILENAMES names ${chosen}, and no Vulkan driver answered from there; correct it, or unset it so that Engram looks for one.`,
    );
  }

  const software = softwareVulkan();
  if (!software)
    throw new Error(`No WebGPU adapter: no GPU answered, and ${missing(findChrome())}; ${remedy()}.`);
  process.env.VK_DRIVER_FILES = software.icd;
  process.env.VK_ICD_FILENAMES = software.icd;
  const rescued = await open();
  if (rescued) return { gpu: rescued };
  throw new Error(
    `No WebGPU adapter: no GPU answered, and neither did the software driver ${software.icd}; ${remedy()}.`,
  );
}

async function loadDawn(): Promise<typeof import("webgpu")> {
  try {
    return await import("webgpu");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new Error(
      `Dawn, which brings WebGPU to Node, does not load here (${reason}): it needs Linux with glibc, macOS or Windows and the npm package webgpu.`,
      { cause },
    );
  }
}

/**
 * Dawn asks the system for `libvulkan.so.1` by that name. Where the system has none, the copy beside Chrome's
 * binary is loaded beforehand: a library that is already loaded under a name is found by it.
 */
function provideVulkanLoader(): void {
  if (process.platform !== "linux" || staysLoaded("libvulkan.so.1")) return;
  const loader = softwareVulkan()?.loader;
  if (loader) staysLoaded(loader);
}

/** Loads a library and tells whether it could. Node expects an addon and complains, but only once it is loaded. */
function staysLoaded(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | noDelete);
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes("self-register");
  }
}

function missing(chrome: string | undefined): string {
  return chrome
    ? `${chrome} has no software Vulkan driver (vk_swiftshader_icd.json) beside its binary`
    : "there is no Chrome or Chromium whose software Vulkan driver could stand in";
}

function remedy(): string {
  if (process.platform !== "linux") return "update the graphics driver, or install Chrome";
  return "install a Vulkan driver for the GPU, or a browser that brings one in software (Debian: apt-get install chromium libvulkan1; elsewhere Google Chrome)";
}
