import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests of pure functions and of components: they share what a worker has loaded, which takes them half of the time. */
const shared = [
  'lib/{util,shapes,graph,data,draw,metrics,check,edit,layout,share,store}/**/*.test.{ts,tsx}',
  '{components,app,scripts}/**/*.test.{ts,tsx}',
];
/** But for those that put other modules or clocks in place, or measure the heap. */
const alone = ['lib/store/{measuring,training}.test.ts', 'lib/share/{link-refused,read-link}.test.ts'];
const all = [
  '{lib,components,app,bin,scripts,bench}/**/*.test.{ts,tsx}',
  'tests/{systems,torch}/**/*.test.ts',
];

/** Unit tests stand beside their source; tests/torch compares numbers with PyTorch where it is installed;
 * the trainings of tests/systems run by `npm run test:systems`. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    projects: [
      named('shared', { include: shared, exclude: alone, isolate: false }),
      named('apart', { include: all, exclude: shared }),
      named('alone', { include: alone }),
      named('rules', { include: ['tests/rules/**/*.test.ts'], isolate: false }),
    ],
    testTimeout: 60_000,
    // Vitest leaves one core free, which on two cores is one of two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});

function named(name: string, test: { include: string[]; exclude?: string[]; isolate?: boolean }) {
  return {
    extends: true as const,
    test: { ...test, name, exclude: [...configDefaults.exclude, ...(test.exclude ?? [])] },
  };
}
