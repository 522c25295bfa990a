import { defineConfig } from "vitest/config";

// Dawn in a worker thread can crash, so each file gets a process; two at once is what two cores can feed.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 5_000,
  },
});
