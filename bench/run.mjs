// npm run bench: the benchmark is TypeScript like the rest, so Vite loads it.
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const vite = await createServer({
  root: fileURLToPath(new URL("..", import.meta.url)),
  configFile: false,
  appType: "custom",
  logLevel: "error",
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { noExternal: [/^@tensorflow/] }, // its ES modules lie where Node takes them for CommonJS
});
const { main } = await vite.ssrLoadModule("/bench/main.ts");
// Dawn can hang or crash where Node takes it apart, and by now all is written.
process.exit(await main(process.argv.slice(2)));
