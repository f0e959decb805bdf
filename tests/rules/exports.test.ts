import { expect, test } from 'vitest';
import { importEdges } from './imports';
import { isTest, readSources, type SourceFile } from './source-files';

/**
 * What a file exports is used outside of it. A test may look at something of a file's own that the file itself
 * uses too; nothing is kept for tests alone.
 */
function findUnusedExports(files: readonly SourceFile[]): string[] {
  const textOf = new Map(files.map(({ path, text }) => [path, text]));
  const readers = new Map<string, string[]>();
  for (const { from, to } of importEdges(files))
    if (to !== undefined) readers.set(to, [...(readers.get(to) ?? []), from]);
  return files.filter(isExporting).flatMap(({ path, text }) =>
    exportedNames(text)
      .filter((name) => {
        const uses = (by: string) => countOf(name, textOf.get(by) ?? '') > 0;
        const users = (readers.get(path) ?? []).filter(uses);
        const isOnlyTested = users.every(isForTests);
        return users.length === 0 || (isOnlyTested && countOf(name, text) < 2);
      })
      .map((name) => `${path}: ${name}`),
  );
}

const isForTests = (path: string): boolean => isTest(path) || path.startsWith('tests/');

/** Next calls what routes export, and WebAssembly what the kernels do. */
const isExporting = ({ path }: SourceFile): boolean =>
  /^(lib|bin|components)\//.test(path) && !isTest(path) && !path.includes('/simd/assembly/');

/** Statements of the file itself; what a template writes into another file is not. */
const exportedNames = (text: string): string[] =>
  [...text.matchAll(/^export (?:async )?(?:function\*?|class|const|let|interface|type|enum) ([\w$]+)/gm)]
    .filter(({ index }) => text.slice(0, index).split('`').length % 2 === 1)
    .map(([, name = '']) => name);

const countOf = (name: string, text: string): number =>
  text.split(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)).length - 1;

const readAll = (): SourceFile[] =>
  readSources(['lib', 'bin', 'components', 'app', 'bench', 'scripts', 'tests']).filter(({ path }) =>
    /\.(tsx?|mjs)$/.test(path),
  );

test('nothing is exported that no other file uses (M4)', () => {
  expect(findUnusedExports(readAll())).toEqual([]);
});

test.each([
  ['nobody', '', []],
  ['another file', `import { a } from '@/lib/x/a';\na();`, ['components/b.ts']],
  ['a test, with its own file', `import { a } from './a';\na();`, ['lib/x/a.test.ts']],
])('an export used by %s', (who, text, paths) => {
  const own = { path: 'lib/x/a.ts', text: 'export const a = 1;\nconst b = a;' };
  const found = findUnusedExports([own, ...paths.map((path) => ({ path, text }))]);
  expect(found).toEqual(who === 'nobody' ? ['lib/x/a.ts: a'] : []);
});

test('what only tests use is found', () => {
  const own = { path: 'lib/x/a.ts', text: 'export const a = 1;' };
  const reader = { path: 'lib/x/a.test.ts', text: `import { a } from './a';\na();` };
  expect(findUnusedExports([own, reader])).toEqual(['lib/x/a.ts: a']);
});
