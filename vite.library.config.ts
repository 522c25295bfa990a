import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { defineConfig, type Plugin } from "vite";

/** The library and the terminal: one build for Node and for pages, shaders folded in, declarations beside it. */
export default defineConfig({
  publicDir: false,
  plugins: [declarations()],
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    minify: false,
    lib: {
      entry: { index: "src/index.ts", node: "src/cli/node.ts", cli: "src/cli/main.ts" },
      formats: ["es"],
    },
    rolldownOptions: {
      external: [/^node:/, "webgpu", "valibot"],
      output: { chunkFileNames: "[name].js" },
    },
  },
});

/** Emits *.d.ts by TypeScript, with the file endings that strict resolution in Node asks for. */
function declarations(): Plugin {
  let outDir = "";
  return {
    name: "engram:declarations",
    configResolved({ root, build }) {
      outDir = resolve(root, build.outDir);
    },
    async closeBundle() {
      const tsc = join(
        dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
        "bin",
        "tsc",
      );
      await promisify(execFile)(
        process.execPath,
        [tsc, "--project", "tsconfig.library.json", "--outDir", outDir],
        {
          cwd: import.meta.dirname,
        },
      );
      for (const file of await readdir(outDir, { recursive: true })) {
        if (!file.endsWith(".d.ts")) continue;
        const path = join(outDir, file);
        const text = await readFile(path, "utf8");
        await writeFile(path, text.replace(/((?:from|import\()\s*")(\.{1,2}\/[^"]+)(?=")/g, "$1$2.js"));
      }
    },
  };
}
