/** Expose: what a figure lets the console, and tests, see of it, as `window.engram.NAME`. */

/** By figure; each adds its own. */
// biome-ignore lint/suspicious/noEmptyInterface: figures declare their part where they are made
export interface Exposed {}

declare global {
  interface Window {
    engram: Exposed & Record<string, unknown>;
  }
}

/** @param name the figure's id */
export function expose(name: string, figure: object): void {
  window.engram ??= {} as Window["engram"];
  (window.engram as Record<string, unknown>)[name] = figure;
}
