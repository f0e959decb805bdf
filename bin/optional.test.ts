import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 120_000 });

/** The command line on a machine where optional packages are not installed. */
const out = mkdtempSync(join(tmpdir(), 'ganvas-'));
afterAll(() => rmSync(out, { recursive: true }));

const ganvasWithout = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', './bin/testing/without.mjs', 'bin/ganvas.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, WITHOUT: name, ...(name === 'esbuild' && { GANVAS_BUNDLES: join(out, 'none') }) },
  });

test('without esbuild, and nothing bundled yet, there is a sentence that says what to install', () => {
  const { status, stdout, stderr } = ganvasWithout('esbuild', 'list');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(
    'The command line needs the package esbuild, which is not installed. Install it: npm ci --include=optional\n',
  );
});

test('without @napi-rs/canvas a run says what to install, and does all but the pictures', () => {
  const { status, stdout, stderr } = ganvasWithout(
    '@napi-rs/canvas',
    ...['train', 'gan-lab', '--iterations', '2', '--out', out],
  );
  expect(status).toBe(0);
  expect(stderr).toContain(
    'Pictures need the package @napi-rs/canvas, which is not installed. Install it: npm ci --include=optional\n',
  );
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ iterations: 2 });
  const files = readdirSync(out);
  expect(files).toEqual(expect.arrayContaining(['checkpoint.bin', 'samples.csv']));
  expect(files.filter((name) => name.endsWith('.png'))).toEqual([]);
});
