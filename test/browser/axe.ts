/** What axe-core finds wrong with a page for people who do not see, hear or point as its authors do. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(options: { runOnly?: string[] }): Promise<{
    violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
  }>;
}

/**
 * One line a violation: the rule, what it asks, and the first elements that break it.
 * @param rules of axe-core's, by name; default every one
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Not an inline script, which the page's own policy refuses.
  await page.evaluate(source);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations: found } = await axe.run(only ? { runOnly: [...only] } : {});
    return found.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length}): ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary ?? ""}`)
          .join("; ")}`,
    );
  }, rules);
}
