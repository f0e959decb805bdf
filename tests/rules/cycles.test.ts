import { expect, test } from 'vitest';
import { importEdges } from './imports';
import { readCode, type SourceFile } from './source-files';

/** Import cycles, types included: each as the files of one strongly connected component (Tarjan). */
function findCycles(files: readonly SourceFile[]): string[][] {
  const targets = new Map<string, Set<string>>(files.map((file) => [file.path, new Set()]));
  for (const { from, to, form } of importEdges(files))
    if (to !== undefined && form !== 'worker' && targets.has(to)) targets.get(from)?.add(to);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): number => {
    const own = index.size;
    index.set(path, own);
    low.set(path, own);
    stack.push(path);
    let lowest = own;
    for (const target of targets.get(path) ?? []) {
      if (!index.has(target)) lowest = Math.min(lowest, visit(target));
      else if (stack.includes(target)) lowest = Math.min(lowest, index.get(target) ?? lowest);
    }
    low.set(path, lowest);
    if (lowest === own) {
      const component = stack.splice(stack.indexOf(path));
      if (component.length > 1 || targets.get(path)?.has(path)) cycles.push(component.sort());
    }
    return lowest;
  };
  for (const path of targets.keys()) if (!index.has(path)) visit(path);
  return cycles;
}

test('no import cycles', () => {
  expect(findCycles(readCode())).toEqual([]);
});

test('a cycle is found, through types too', () => {
  const files = [
    { path: 'lib/a.ts', text: `import { b } from './b';` },
    { path: 'lib/b.ts', text: `import type { C } from '@/lib/c';` },
    { path: 'lib/c.ts', text: `export { a } from './a';` },
    { path: 'lib/d.ts', text: `import { a } from './a';` },
    { path: 'lib/e.ts', text: `import { e } from './e';` },
  ];
  expect(findCycles(files)).toEqual([['lib/a.ts', 'lib/b.ts', 'lib/c.ts'], ['lib/e.ts']]);
});
