import { describe, expect, test } from 'vitest';
import { type Edge, importEdges } from './imports';
import { isTest, readCode, type SourceFile } from './source-files';

/** Folders by rank: each imports its own files and those of lower ranks only. */
const ranks: readonly (readonly string[])[] = [
  ['lib/util'],
  ['lib/shapes'],
  ['lib/graph'],
  ['lib/data', 'lib/metrics', 'lib/draw'],
  ['lib/nodes'],
  ['lib/check'],
  ['lib/edit'],
  ['lib/compile', 'lib/layout'],
  ['lib/engine'],
  ['lib/train'],
  ['lib/export'],
  ['lib/share', 'lib/store', 'lib/examples'],
  ['bin', 'components'],
  ['app'],
];

const folderOf = (path: string): string => path.split('/', path.startsWith('lib/') ? 2 : 1).join('/');
const rankOf = (path: string): number => ranks.findIndex((folders) => folders.includes(folderOf(path)));

function findWrongDirections(files: readonly SourceFile[]): string[] {
  return importEdges(files)
    .filter(
      ({ from, to }) => to !== undefined && folderOf(from) !== folderOf(to) && rankOf(to) >= rankOf(from),
    )
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** React and what needs it. The root of zustand has React hooks in it; its vanilla stores have not. */
const pagePackages =
  /^(react|react-dom|next|reactflow|@xyflow|radix-ui|@radix-ui|cmdk|lucide-react|react-markdown|zustand$|zustand\/react)(\/|$)/;

const findPageImports = (files: readonly SourceFile[]): string[] =>
  importEdges(files)
    .filter(
      ({ from, to, specifier }) =>
        from.startsWith('lib/') && to === undefined && pagePackages.test(specifier),
    )
    .map(({ from, specifier }) => `${from} imports ${specifier}`);

const isTfjs = (edge: Edge): boolean => edge.specifier.startsWith('@tensorflow/');
const mayRunTfjs = (path: string): boolean => /^(lib\/engine|lib\/train|bin)\//.test(path);

const findTfjsAtRunTime = (files: readonly SourceFile[]): string[] =>
  importEdges(files)
    .filter((edge) => isTfjs(edge) && edge.form !== 'type' && !mayRunTfjs(edge.from))
    .map(({ from, specifier }) => `${from} imports ${specifier}`);

const findTestImports = (files: readonly SourceFile[]): string[] =>
  importEdges(files)
    .filter(({ to }) => to !== undefined && isTest(to))
    .map(({ from, to }) => `${from} imports ${to}`);

/** Ways from a page to tfjs that a browser follows before anything is asked for. */
function findTfjsInPages(files: readonly SourceFile[]): string[] {
  const edges = importEdges(files).filter((edge) => edge.form === 'static');
  const cameFrom = new Map<string, string>();
  const queue = files.map((file) => file.path).filter((path) => path.startsWith('app/'));
  const found: string[] = [];
  const wayTo = (path: string): string => {
    const before = cameFrom.get(path);
    return before === undefined ? path : `${wayTo(before)} > ${path}`;
  };
  const seen = new Set(queue);
  for (let path = queue.pop(); path !== undefined; path = queue.pop())
    for (const edge of edges.filter(({ from }) => from === path)) {
      if (isTfjs(edge)) found.push(`${wayTo(path)} > ${edge.specifier}`);
      if (edge.to === undefined || seen.has(edge.to)) continue;
      seen.add(edge.to);
      cameFrom.set(edge.to, path);
      queue.push(edge.to);
    }
  return found;
}

const file = (path: string, text: string): SourceFile => ({ path, text });

describe('imports', () => {
  const files = readCode();

  test('every folder has its rank', () => {
    expect([
      ...new Set(
        files
          .map(({ path }) => path)
          .filter((path) => rankOf(path) < 0)
          .map(folderOf),
      ),
    ]).toEqual([]);
  });

  test('go one way', () => {
    expect(findWrongDirections(files)).toEqual([]);
  });

  test('of React and its kin stay out of lib, types included', () => {
    expect(findPageImports(files)).toEqual([]);
  });

  test('of tfjs at run time stay in engine, train and bin', () => {
    expect(findTfjsAtRunTime(files)).toEqual([]);
  });

  test('of tests are made by tests only', () => {
    expect(findTestImports(files)).toEqual([]);
  });

  test('of no page reach tfjs', () => {
    expect(findTfjsInPages(files)).toEqual([]);
  });
});

describe('a breach is found:', () => {
  test.each([
    ['lib/util/a.ts', `import { b } from '@/lib/graph/b';`],
    ['lib/graph/a.ts', `import type { B } from '@/lib/nodes/b';`],
    ['lib/data/a.ts', `import { b } from '../metrics/b';`],
    ['lib/store/a.ts', `const b = await import('@/components/b');`],
    ['components/a.tsx', `export { b } from '@/app/b';`],
    ['lib/train/a.ts', `new Worker(new URL('../store/b.ts', import.meta.url))`],
  ])('%s: %s', (path, text) => {
    expect(findWrongDirections([file(path, text)])).toHaveLength(1);
  });

  test.each([
    `import type { ReactNode } from 'react';`,
    `import { create } from 'zustand';`,
    `import 'next/server';`,
  ])('in lib: %s', (text) => {
    expect(findPageImports([file('lib/store/a.ts', text)])).toHaveLength(1);
    expect(
      findPageImports([file('lib/store/a.ts', `import { createStore } from 'zustand/vanilla';`)]),
    ).toEqual([]);
  });

  test('what only tests import', () => {
    expect(findTestImports([file('lib/check/a.ts', `import { b } from './testing/b';`)])).toHaveLength(1);
  });

  test('tfjs loaded by a kind, but not its types', () => {
    const load = file('lib/nodes/a.ts', `import * as tf from '@tensorflow/tfjs-core';`);
    const types = file('lib/nodes/b.ts', `import type * as tf from '@tensorflow/tfjs-core';`);
    expect(findTfjsAtRunTime([load, types])).toEqual(['lib/nodes/a.ts imports @tensorflow/tfjs-core']);
  });

  test('tfjs two steps from a page, but not behind a dynamic import', () => {
    const files = [
      file('app/page.tsx', `import { a } from '@/lib/train/a';\nconst c = import('@/lib/train/c');`),
      file('lib/train/a.ts', `import { b } from './b';`),
      file('lib/train/b.ts', `import * as tf from '@tensorflow/tfjs-core';`),
      file('lib/train/c.ts', `import * as tf from '@tensorflow/tfjs-core';`),
    ];
    expect(findTfjsInPages(files)).toEqual([
      'app/page.tsx > lib/train/a.ts > lib/train/b.ts > @tensorflow/tfjs-core',
    ]);
  });
});
