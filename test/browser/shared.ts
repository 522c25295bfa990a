/** One Chrome and one build for all tests of a file. */
import { afterAll, beforeAll } from "vitest";
import { open, type Served } from "./page";

/** Visits a path of the built page in a tab of its own. */
export type SharedVisit = Served["visit"];

/** Call it at the head of a test file. @param root as for `serve` */
export function sharedChrome(root?: string): SharedVisit {
  let served: Served | undefined;
  beforeAll(async () => {
    served = await open(root);
  });
  afterAll(() => served?.close());
  return (...given) => served!.visit(...given);
}
