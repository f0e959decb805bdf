import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  readonly integrity?: string;
  readonly link?: boolean;
}

const { packages } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
) as { readonly packages: Readonly<Record<string, Entry>> };

/** The packages that are installed; '' is the project itself. */
const withoutHash = (entries: typeof packages): string[] =>
  Object.entries(entries).flatMap(([path, { integrity, link }]) =>
    path === '' || link || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [path],
  );

test('every package of the lockfile has the hash of what is installed, on other platforms too', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(withoutHash(packages)).toEqual([]);
});

test('a package without a hash is found', () => {
  expect(withoutHash({ '': {}, 'node_modules/a': {}, 'node_modules/b': { integrity: 'sha512-x' } })).toEqual([
    'node_modules/a',
    'node_modules/b',
  ]);
});
