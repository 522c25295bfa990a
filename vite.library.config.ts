import { defineConfig } from "vite";

/** The library and the terminal: one build for Node and for pages, shaders folded in. */
export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    minify: false,
    lib: { entry: { index: "src/index.ts", cli: "src/cli/main.ts" }, formats: ["es"] },
    rollupOptions: { external: [/^node:/, "webgpu", "valibot"] },
  },
});
