import { resolve } from "node:path";
import { defineConfig } from "vite";
import { includeParts } from "../../../tools/include-parts";

/** The demos' figures on one page, for a test. */
export default defineConfig({
  base: "./",
  build: { target: "es2022" },
  plugins: [includeParts(resolve(import.meta.dirname, "../../.."))],
});
