/** Each browser is told how to get WebGPU there, and nowhere more than is certain. */
import { expect, it } from "vitest";
import { webgpuHelp } from "../../src/view/webgpu-help";

const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const blink = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0";

it.each([
  ["Chrome on Windows", `${windows} ${blink} Safari/537.36`, /Chrome and Edge .* 113/],
  ["Edge on Windows", `${windows} ${blink} Safari/537.36 Edg/110.0.0.0`, /Chrome and Edge .* 113/],
  ["Chrome on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${blink} Safari/537.36`, /On Linux .* 144 .* 147/],
  ["Chrome on Android", `Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`, /Android 12/],
  ["Firefox on Windows", "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", /141/],
  [
    "Firefox on a Mac",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0",
    /147/,
  ],
  ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", /Nightly/],
  ["Safari on a Mac", `${mac} ${webkit} Version/17.5 Safari/605.1.15`, /Safari .* 26/],
  [
    "Safari on an iPhone",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} Version/17.5 Mobile/15E148 Safari/604.1`,
    /iOS or iPadOS 26/,
  ],
  [
    "Chrome on an iPhone",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} CriOS/126.0 Mobile/15E148 Safari/604.1`,
    /iOS or iPadOS 26/,
  ],
  ["a browser that nobody knows", "Lynx/2.9.0", /Chrome and Edge .* Safari .* Firefox/],
])("%s", (_, agent, told) => {
  const help = webgpuHelp(agent);
  expect(help).toMatch(told);
  expect(help).toMatch(/\.$/);
});

it("asks for a secure address first, as nothing else helps there", () => {
  expect(webgpuHelp(`${windows} ${blink} Safari/537.36`, false)).toMatch(/https or from localhost/);
});
