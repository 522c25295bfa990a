// npm run bench: the benchmark is TypeScript like the rest, so Vite loads it.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const { module } = await runnerImport("/bench/main.ts", { root, logLevel: "error" });
// Dawn can hang or crash where Node takes it apart, and by now all is written.
process.exit(await module.main(process.argv.slice(2)));
