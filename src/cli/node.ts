/**
 * What a program in Node needs beside the library: WebGPU through Dawn.
 *
 * ```ts
 * import { openDevice, Trainer } from "engram";
 * import { openDawn } from "engram/node";
 * const device = await openDevice((await openDawn()).gpu);
 * ```
 */
export { openDawn } from "./dawn";
