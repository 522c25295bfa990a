/** What a first visit fetches: the front page's scripts and all that they import at once, as a server would compress them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { builtPage } from "./page";

/** A module and everything that it needs before it runs. What is fetched later stands in `import(…)`. */
function reached(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, path] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g))
    reached(resolve(dirname(file), path!), seen);
}

/** The scripts that a page's HTML names. */
function scriptsOf(folder: string, page: string): string[] {
  const html = readFileSync(join(folder, page), "utf8");
  const named = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.js)"/g)];
  return named.map(([, path]) => resolve(folder, dirname(page), path!));
}

const compressed = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

test("the front page's scripts come to at most 250 kB, and demos are apart", async () => {
  const folder = await builtPage();
  const files = new Set<string>();
  for (const script of scriptsOf(folder, "index.html")) reached(script, files);
  expect(files.size).toBeGreaterThan(3);
  const kilobytes = [...files].reduce((sum, file) => sum + compressed(file), 0) / 1000;
  console.info(`First load: ${kilobytes.toFixed(1)} kB of scripts in ${files.size} files, gzipped.`);
  expect(kilobytes).toBeLessThanOrEqual(250);
  const all = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".js"));
  expect(all.length).toBeGreaterThan(2 * files.size);
});

test("the build names nothing by a way from the server's root, so that it works from any path", async () => {
  const folder = await builtPage();
  const pages = [
    "index.html",
    ...readdirSync(join(folder, "demos")).map((name) => `demos/${name}/index.html`),
  ];
  for (const page of pages) {
    expect(existsSync(join(folder, page)), page).toBe(true);
    const html = readFileSync(join(folder, page), "utf8");
    expect(html.match(/\b(?:src|href)="\/(?!\/)[^"]*"/g), page).toBeNull();
    expect(html, page).toContain("Content-Security-Policy");
    expect(html.match(/<[^>]+\sstyle=|<style|<script(?![^>]*\ssrc=)/g), page).toBeNull();
    expect(html, page).not.toContain("<!-- include");
  }
});
