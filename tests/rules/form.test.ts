import { describe, expect, test } from 'vitest';
import { readCode, readSources, type SourceFile } from './source-files';

const findBarrels = (files: readonly SourceFile[]): string[] =>
  files
    .filter(
      ({ path, text }) =>
        path.startsWith('lib/') && (/\/index\.tsx?$/.test(path) || /^export \* /m.test(text)),
    )
    .map(({ path }) => path);

/** A kind's own behaviour belongs to its definition: nobody else asks which kind a node is. */
const kindTests = [
  /\bkind\s*[!=]==?\s*['"`]/,
  /['"`]\s*[!=]==?\s*[\w.?]*\bkind\b/,
  /switch\s*\([^)]*\bkind\)/,
  /\[\s*'[^\]]*\]\.includes\([^)]*\bkind\)/,
];

/** The lines outside lib/nodes that match one of the patterns. */
const findLines = (files: readonly SourceFile[], patterns: readonly RegExp[]): string[] =>
  files
    .filter(({ path }) => !path.startsWith('lib/nodes/'))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
        .filter(({ line }) => patterns.some((pattern) => pattern.test(line)))
        .map(({ line, at }) => `${at} ${line.trim()}`),
    );

const findKindTests = (files: readonly SourceFile[]): string[] => findLines(files, kindTests);

/**
 * Parameters of a role are read by lib/nodes/role-params.ts, which knows their types: nobody else asserts a type of
 * one, compares it unseen or makes a string of it. `as never` hands a kind its own parameters.
 */
const roleParams = 'sample|inverse|weights|mode|variant|unroll|steps|order|clipNorm|clipWeights';
const untypedReads = [
  /\bparams(\.\w+|\['\w+'\])? as (?!never\b)/,
  /\bString\([\w.]*\bparams\.(network|name)\b/,
  new RegExp(`(?<!['"\`])\\bparams\\.(${roleParams})\\b`),
  new RegExp(`\\{[^}]*\\b(${roleParams})\\b[^}]*\\} = [\\w.]*\\bparams\\b`),
];

const findUntypedReads = (files: readonly SourceFile[]): string[] => findLines(files, untypedReads);

/** A directive counts on the first line alone; anywhere else the build fails, and types and lint do not. */
const findLateDirectives = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ text }) => /^\W*'use (client|server)'/m.test(text) && !/^'use (client|server)';\n/.test(text))
    .map(({ path }) => path);

const lineLimit = 400;

const findLongFiles = (files: readonly SourceFile[]): string[] =>
  files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > lineLimit)
    .map(({ path, lines }) => `${path} has ${lines} lines`);

/** `import { z }` brings all of zod's languages into the page: 93 kB compressed, where the namespace takes 28. */
const findWholeZod = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ text }) => /^import (type )?\{[^}]*\bz\b[^}]*\} from 'zod'/m.test(text))
    .map(({ path }) => path);

describe('the code', () => {
  test('imports zod as a namespace', () => {
    expect(findWholeZod(readCode())).toEqual([]);
  });

  test('has no barrels in lib', () => {
    expect(findBarrels(readCode())).toEqual([]);
  });

  test('asks for no kind by name outside lib/nodes', () => {
    expect(findKindTests(readCode())).toEqual([]);
  });

  test('reads parameters of a role by their types (M6)', () => {
    expect(findUntypedReads(readCode())).toEqual([]);
  });

  test('says first of all that it is for the client', () => {
    expect(findLateDirectives(readCode())).toEqual([]);
  });

  test(`has no file over ${lineLimit} lines`, () => {
    expect(findLongFiles(readSources().filter(({ path }) => /\.(tsx?|mjs|cjs|js|css)$/.test(path)))).toEqual(
      [],
    );
  });
});

describe('a breach is found:', () => {
  test('the whole of zod', () => {
    const imports = (text: string) => findWholeZod([{ path: 'lib/a.ts', text }]);
    expect(imports(`import { z } from 'zod';`)).toEqual(['lib/a.ts']);
    expect(imports(`import * as z from 'zod';`)).toEqual([]);
  });

  test('barrels', () => {
    const text = `export * from './b';`;
    expect(
      findBarrels([
        { path: 'lib/x/index.ts', text: '' },
        { path: 'lib/x/a.ts', text },
      ]),
    ).toHaveLength(2);
  });

  test.each([
    `if (node.kind === 'dense') {`,
    `return kind !== "relu";`,
    `if ('adam' === node.kind) {`,
    `switch (node.kind) {`,
    `if (['dense', 'conv2d'].includes(node.kind)) {`,
  ])('%s', (text) => {
    expect(findKindTests([{ path: 'lib/check/a.ts', text }])).toHaveLength(1);
    expect(findKindTests([{ path: 'lib/nodes/a.ts', text }])).toEqual([]);
  });

  test.each([
    `const { mode } = node.params as unknown as CallParams;`,
    `const steps = player.params.unroll as number;`,
    `networks.get(String(node.params.network))`,
    `if (call.params.inverse === true) {`,
    `const { order, steps } = node.params;`,
  ])('an untyped read: %s', (text) => {
    expect(findUntypedReads([{ path: 'lib/check/a.ts', text }])).toHaveLength(1);
    expect(findUntypedReads([{ path: 'lib/nodes/a.ts', text }])).toEqual([]);
  });

  test.each([
    `const { mode } = readCall(node.params);`,
    `definition.infer(params as never, inputs);`,
    `path: 'params.weights',`,
    `fix: { type: 'set-params' as const, params },`,
  ])('no untyped read: %s', (text) => {
    expect(findUntypedReads([{ path: 'lib/check/a.ts', text }])).toEqual([]);
  });

  test('a role may be asked for, and two kinds compared', () => {
    const text = `if (definition.role === 'loss' && a.kind === b.kind) {}`;
    expect(findKindTests([{ path: 'lib/check/a.ts', text }])).toEqual([]);
  });

  test('a directive behind an import', () => {
    const late = (text: string) => findLateDirectives([{ path: 'components/a.tsx', text }]);
    expect(late(`import { a } from './b';\n\n('use client');\n`)).toHaveLength(1);
    expect(late(`'use client';\nimport { a } from './b';\n`)).toEqual([]);
  });

  test('long files', () => {
    expect(findLongFiles([{ path: 'a.ts', text: 'x\n'.repeat(401) }])).toEqual(['a.ts has 401 lines']);
    expect(findLongFiles([{ path: 'a.ts', text: 'x\n'.repeat(400) }])).toEqual([]);
  });
});
