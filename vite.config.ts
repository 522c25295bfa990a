import { defineConfig } from "vite";

/** The page: a static folder that works from any path. */
export default defineConfig({
  base: "./",
  build: { outDir: "dist/page", target: "es2022" },
});
