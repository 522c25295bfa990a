/** The table of tiles: GFLOP/s by product, shape and tile. */
import { tableOf } from "../report";
import { candidates, type TileResult, tileName } from "./measure";

/** Bold is the fastest of a row, a star marks what the engine takes. */
export function tilesTable(results: readonly TileResult[]): string {
  const listed = candidates.map(tileName);
  const others = results
    .flatMap(({ tiles }) => tiles.map(({ name }) => name))
    .filter((name) => !listed.includes(name));
  const names = [...new Set([...others, ...listed])];
  const rows = results.map(({ product, shape, inUse, tiles }) => {
    const most = Math.max(...tiles.map(({ best }) => best));
    const cells = names.map((name) => {
      const best = tiles.find((tile) => tile.name === name)?.best;
      if (best === undefined) return "";
      return `${best === most ? `**${best.toFixed(2)}**` : best.toFixed(2)}${name === inUse ? "*" : ""}`;
    });
    return [product, shape.join("×"), ...cells];
  });
  return tableOf(["product", "pre×post", ...names], rows);
}
