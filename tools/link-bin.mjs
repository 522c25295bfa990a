// npm links the bins of dependencies but not a project's own: with this link `npx engram` is found at once in a clone.
import { chmodSync, existsSync, rmSync, symlinkSync } from "node:fs";

const bin = new URL("../node_modules/.bin/", import.meta.url);
if (existsSync(bin) && process.platform !== "win32") {
  const link = new URL("engram", bin);
  rmSync(link, { force: true });
  symlinkSync("../../bin/engram.js", link);
  chmodSync(new URL("../bin/engram.js", import.meta.url), 0o755);
}
