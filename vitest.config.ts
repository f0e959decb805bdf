import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Tests of pure functions and of components: they share what a worker has loaded, which takes them half of the time.
 * Not those that put other modules or clocks in place, or measure the heap.
 */
const shared = [
  'lib/{util,shapes,graph,data,draw,metrics,check,edit,layout}/**/*.test.ts',
  'lib/share/!(link-refused|read-link).test.ts',
  'lib/store/!(measuring|training).test.ts',
  '{components,app,scripts}/**/*.test.{ts,tsx}',
];
const all = [
  '{lib,components,app,bin,scripts,bench}/**/*.test.{ts,tsx}',
  'tests/{detectors,systems,torch}/**/*.test.ts',
];
const { exclude } = configDefaults;

/** Unit tests stand beside their source; tests/torch compares numbers with PyTorch where it is installed;
 * the trainings of tests/systems run by `npm run test:systems`. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    projects: [
      { extends: true, test: { name: 'shared', include: shared, exclude, isolate: false } },
      { extends: true, test: { name: 'apart', include: all, exclude: [...exclude, ...shared] } },
      {
        extends: true,
        test: { name: 'rules', include: ['tests/rules/**/*.test.ts'], exclude, isolate: false },
      },
    ],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two cores is one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
