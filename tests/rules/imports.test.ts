import { expect, test } from 'vitest';
import { parseImports, resolveImport } from './imports';

test.each([
  [`import a from 'x';`, 'static'],
  [`import { a, type B } from 'x';`, 'static'],
  [`import {\n  a,\n  b,\n} from "x";`, 'static'],
  [`import * as a from 'x';`, 'static'],
  [`import 'x';`, 'static'],
  [`export { a } from 'x';`, 'static'],
  [`export * from 'x';`, 'static'],
  [`import type { A } from 'x';`, 'type'],
  [`import type * as a from 'x';`, 'type'],
  [`import { type A, type B } from 'x';`, 'type'],
  [`export type { A } from 'x';`, 'type'],
  [`const a = await import('x');`, 'dynamic'],
  [`type A = typeof import('x');`, 'type'],
  [`type A = import('x').B;`, 'type'],
])('%s', (text, form) => {
  expect(parseImports(text)).toEqual([{ specifier: 'x', form }]);
});

test('a worker is imported by its URL', () => {
  expect(parseImports(`new Worker(new URL('./worker.ts', import.meta.url))`)).toEqual([
    { specifier: './worker.ts', form: 'worker' },
  ]);
});

test('statements do not run into each other', () => {
  const text = `export const a = 1;\nexport function f() {}\nimport { b } from 'y';\n`;
  expect(parseImports(text)).toEqual([{ specifier: 'y', form: 'static' }]);
});

test('an alias and a relative path lead to a file, a package to none', () => {
  const paths = new Set(['lib/util/a.ts', 'components/b.tsx']);
  expect(resolveImport('lib/x/y.ts', '@/lib/util/a', paths)).toBe('lib/util/a.ts');
  expect(resolveImport('components/c/d.tsx', '../b', paths)).toBe('components/b.tsx');
  expect(resolveImport('lib/x/y.ts', 'zod', paths)).toBeUndefined();
});
