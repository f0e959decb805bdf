import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files';

/** Absolute paths of one machine, and addresses of one package registry, do not belong into the project. */
const patterns = [
  /(?:^|[\s"'`(=:])\/(?:work|tmp|root|home\/\w+|Users\/\w+)\/\w/m,
  /"resolved":\s*"http/,
  /https?:\/\/[\w.-]*registry[\w.-]*/,
];

const findMachineTraces = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    patterns.flatMap((pattern) => {
      const match = pattern.exec(text);
      return match ? [`${path}: ${match[0].trim()}`] : [];
    }),
  );

test('the text names no path of a machine and no registry', () => {
  const files = readSources();
  expect(files.map(({ path }) => path)).toContain('package-lock.json');
  expect(findMachineTraces(files.filter(({ path }) => !path.startsWith('tests/rules/')))).toEqual([]);
});

test.each([
  `const file = '/work/main/a.ts';`,
  `see /tmp/notes.txt`,
  `cd /root/x`,
  `"resolved": "https://example.com/a.tgz"`,
  `registry=http://registry.local:4873`,
])('a trace is found: %s', (text) => {
  expect(findMachineTraces([{ path: 'a.md', text }]).length).toBeGreaterThan(0);
});

test('a route or a folder of the project is no trace', () => {
  expect(
    findMachineTraces([
      { path: 'a.md', text: `'/schema/v2.json', lib/work/a, 'https://arxiv.org/abs/1406.2661'` },
    ]),
  ).toEqual([]);
});
