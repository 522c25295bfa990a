/**
 * How to get WebGPU in the browser at hand, in a sentence. Versions are those of the working group's list of 2026,
 * https://github.com/gpuweb/gpuweb/wiki/Implementation-Status; what it leaves open is not promised here.
 */

const chromeElsewhere = "or open this page in Chrome or Edge on Windows, a Mac or a Chromebook";

/**
 * @param agent the browser's user agent
 * @param secure whether the page came over https or from this machine; elsewhere no browser gives it WebGPU
 */
export function webgpuHelp(agent: string, secure = true): string {
  if (!secure)
    return "A browser gives WebGPU only to pages that come over https or from localhost: open it there.";
  if (/iPhone|iPad/.test(agent))
    return "Safari and all other browsers on an iPhone or iPad have it from iOS or iPadOS 26 on: update the system.";
  if (/Firefox\//.test(agent)) return firefox(agent);
  if (/Chrome\//.test(agent)) return chrome(agent);
  if (/Version\/[\d.]+ Safari\//.test(agent))
    return `Safari has it from version 26 on, which comes with macOS 26: update the system, ${chromeElsewhere}.`;
  return "Chrome and Edge have it from version 113 on, Safari from 26 on, and Firefox on Windows from 141 on.";
}

function firefox(agent: string): string {
  if (/Windows/.test(agent)) return "Firefox has it on Windows from version 141 on: update it.";
  if (/Macintosh/.test(agent))
    return `Firefox has it from version 147 on, on Macs with Apple silicon: update it, ${chromeElsewhere}.`;
  return "Firefox does not have it here unless it is a Nightly: open this page in Chrome instead.";
}

function chrome(agent: string): string {
  if (/Android/.test(agent))
    return "Chrome has it from version 121 on, on Android 12 or later with most graphics chips: update both.";
  if (/Linux/.test(agent))
    return "On Linux Chrome has it from version 144 on for newer Intel graphics and from 147 on for NVIDIA’s; for others start it with --enable-unsafe-webgpu --enable-features=Vulkan.";
  return "Chrome and Edge have it from version 113 on: update it, and let it use graphics acceleration (Settings, System).";
}
