import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { includeParts } from "./tools/include-parts";

/** Where MNIST and Fashion-MNIST come from once a person asks for them: see src/task/collection.ts. */
const dataHosts = ["https://cdn.jsdelivr.net", "https://raw.githubusercontent.com"];

/** What the built page may do: its own scripts and styles, nothing inline, and data from their hosts once asked for. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src data:",
  `connect-src 'self' ${dataHosts.join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Only in the build: while developing, Vite puts styles inline. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: policy },
      injectTo: "head-prepend",
    },
  ],
};

/** The front page, and each demo that has a page of its own. */
function pages(): string[] {
  const root = import.meta.dirname;
  const demos = readdirSync(join(root, "demos")).map((name) => join(root, "demos", name, "index.html"));
  return [join(root, "index.html"), ...demos.filter((page) => existsSync(page))];
}

/** The page: a static folder that works from any path. */
export default defineConfig({
  base: "./",
  build: { outDir: "dist/page", target: "es2022", rolldownOptions: { input: pages() } },
  plugins: [includeParts(import.meta.dirname), contentSecurityPolicy],
});
