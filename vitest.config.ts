import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const include = [
  '{lib,components,app,bin,scripts,bench}/**/*.test.{ts,tsx}',
  'tests/{systems,torch}/**/*.test.ts',
];
/** Tests that change the modules they load: mocks, clocks, the engine's own kernels. Each has its own. */
const apart = [
  'bin/checkpoint-files.test.ts',
  'lib/engine/{backend,backends/webgpu}.test.ts',
  'lib/store/{measuring,training}.test.ts',
  'lib/train/{checkpoint-store,client,watchdog}.test.ts',
];

/** Unit tests stand beside their source; tests/torch compares numbers with PyTorch where it is installed;
 * the trainings of tests/systems run by `npm run test:systems`. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // All others share what a worker has loaded: loading it anew for each took half of the time.
    projects: [
      {
        extends: true,
        test: { name: 'shared', include, exclude: [...configDefaults.exclude, ...apart], isolate: false },
      },
      { extends: true, test: { name: 'apart', include: apart } },
      { extends: true, test: { name: 'rules', include: ['tests/rules/**/*.test.ts'], isolate: false } },
    ],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two cores is one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
