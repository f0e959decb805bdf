import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, Entry>>;
};

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

const permissive = /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|CC-BY-4\.0)$/;

/** What users get, under a licence with conditions on its source. */
const conditional = (entries: typeof packages): string[] =>
  Object.entries(entries).flatMap(([path, { license = '', dev }]) =>
    dev || license.split(' AND ').every((each) => permissive.test(each))
      ? []
      : [path.replace('node_modules/', '')],
  );

test('the README names every package whose licence is not permissive', () => {
  const found = conditional(packages);
  expect(found).toContain('elkjs');
  const named = ['elkjs', 'sharp'].filter((name) => read('README.md').includes(`[${name}]`));
  expect(found.filter((name) => !named.some((each) => name.replace('@img/', '').startsWith(each)))).toEqual(
    [],
  );
});
