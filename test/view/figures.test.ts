/** The demos' figures share pages: every id, and every class that a demo's own styles speak of, carries the demo's name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../demos");
const names = readdirSync(root).filter((name) => existsSync(join(root, name, "figure.html")));
const read = (name: string, file: string) => readFileSync(join(root, name, file), "utf8");
const all = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, found]) => found!);

/** States, and the view's own parts, which any figure may set in its place. */
const shared =
  /^(?:is-|can-|button|check|demo-|facts|field|figure-title|key|line-label|notice|part-title|plot|raster|timeline|tool(?:-|$)|trial|u-|verdict|weight-histogram|wide-caption)/;

it("finds the figures", () => {
  expect(names.length).toBeGreaterThanOrEqual(13);
});

describe.each(names)("%s", (name) => {
  const html = read(name, "figure.html");
  const own = new RegExp(`^${name}(?:-|$)`);

  it("has ids of its own alone, each once", () => {
    const ids = all(html, /\sid="([^"]+)"/g);
    expect(ids).toContain(name);
    expect(ids.filter((id) => !own.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("refers to what it has", () => {
    const ids = all(html, /\sid="([^"]+)"/g);
    const named = all(html, /\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has a title, a caption, and no heading, as it stands at any depth of a page", () => {
    expect(html).toContain(`id="${name}-title" class="figure-title"`);
    expect(html).toContain("<figcaption");
    expect(html).not.toMatch(/<h\d/);
  });

  it.runIf(existsSync(join(root, name, "style.css")))("styles its own parts alone", () => {
    const rules = read(name, "style.css").replace(/\/\*.*?\*\//gs, "");
    const selectors = all(rules, /([^{};]+)\{/g)
      .filter((selector) => !/^\s*[@[]/.test(selector)) // an attribute first: a state of the demo's own page
      .flatMap((selector) => selector.split(/,(?![^(]*\))/));
    const foreign = selectors.filter((selector) => {
      const [first = ""] = all(selector, /[.#]([\w-]+)/g);
      const others = all(selector, /\.([\w-]+)/g).filter((one) => !own.test(one));
      return !own.test(first) || others.some((one) => !shared.test(one));
    });
    expect(foreign.map((selector) => selector.trim())).toEqual([]);
  });
});
