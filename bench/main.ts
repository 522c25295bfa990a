import { parseArgs } from "node:util";
import { withBenchPage } from "./chrome";
import { contestInNode, provideNavigator } from "./node";
import { problems } from "./step/problem";
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { only: { type: "string" }, rounds: { type: "string" }, quick: { type: "boolean" }, gpu: { type: "boolean" } } });
  const pace = { rounds: 2, turnMs: 300 };
  if (values.only === "node") { console.log(await provideNavigator()); console.log(JSON.stringify(await contestInNode(problems[0]!, pace), null, 1)); }
  else await withBenchPage(false, async (page) => { console.log(await page.adapter()); console.log(JSON.stringify(await page.contest(problems[0]!, pace), null, 1)); });
  return 0;
}
