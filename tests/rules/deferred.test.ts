import { expect, test } from 'vitest';
import { readCode, type SourceFile } from './source-files';

/** Code that is fetched apart may not arrive: `part` and `needed` say so and try again, React and Next do not. */
const makers = ['components/ui/part.tsx', 'app/edit/deferred-editor.tsx'];
const bare = /\b(?:void|await|return)\s+import\(|\blazy\(|from 'next\/dynamic'/;

const findBare = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path }) => /^(app|components)\//.test(path) && !makers.includes(path))
    .flatMap(({ path, text }) => {
      const match = bare.exec(text);
      return match ? [`${path}: ${match[0]}`] : [];
    });

test('P9: nothing is fetched apart without a word for where it does not arrive', () => {
  expect(findBare(readCode())).toEqual([]);
});

test.each([
  `const A = lazy(() => import('./a').then((module) => ({ default: module.A })));`,
  `import dynamic from 'next/dynamic';`,
  `const { a } = await import('./a');`,
  `void import('./a').then(use);`,
])('a breach is found: %s', (text) => {
  expect(findBare([{ path: 'components/a.tsx', text }])).toHaveLength(1);
});

test.each([
  `const A = part('a', () => import('./a').then((module) => module.A));`,
  `const loadA = () => import('./a');`,
  `const { a } = await needed('A', () => import('./a'));`,
])('this is none: %s', (text) => {
  expect(findBare([{ path: 'components/a.tsx', text }])).toEqual([]);
});
