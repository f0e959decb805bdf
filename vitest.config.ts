import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Unit tests stand beside their source; tests/torch compares numbers with PyTorch where it is installed;
 * the trainings of tests/systems run by `npm run test:systems`. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: [
      '{lib,components,app,bin,scripts,bench}/**/*.test.{ts,tsx}',
      'tests/{rules,systems,torch}/**/*.test.ts',
    ],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two cores is one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
