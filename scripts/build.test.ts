import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Each build is two processes.
vi.setConfig({ testTimeout: 120_000 });

/** `npm run build` in a small tree: the project's scripts and its tsc, and a Next that only says that it ran. */
const repository = fileURLToPath(new URL('..', import.meta.url));
const sameSources = 'The last build is of the same sources.\n';
let tree: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
};
const link = (path: string): void => {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  symlinkSync(join(repository, path), join(tree, path));
};
function build(): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build-once.mjs'], {
    cwd: tree,
    encoding: 'utf8',
    env: { ...process.env, GANVAS_DIST_DIR: '.next' },
  });
  return { code: status, said: stdout + stderr };
}

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'ganvas-build-'));
  cpSync(join(repository, 'scripts'), join(tree, 'scripts'), {
    recursive: true,
    filter: (path) => !/\.tsx?$/.test(path),
  });
  link('node_modules/typescript');
  link('node_modules/@typescript');
  link('node_modules/@tensorflow');
  write('package.json', '{ "type": "module" }');
  write('package-lock.json', '{}');
  write(
    'node_modules/next/dist/bin/next',
    `import { mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync('.next/static/chunks', { recursive: true });
    writeFileSync('.next/static/chunks/a.js', 'go()');
    console.log('next was run');`,
  );
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { strict: true, types: [], lib: ['es5'] }, include: ['**/*.ts'] }),
  );
  write('lib/a.ts', 'export const a: number = 1;\n');
});
afterEach(() => rmSync(tree, { recursive: true }));

test('builds once for the same sources', () => {
  expect(build()).toEqual({ code: 0, said: 'next was run\n' });
  expect(build()).toEqual({ code: 0, said: sameSources });
  expect(readFileSync(join(tree, '.next/static/chunks/a.js'), 'utf8')).toMatch(/^\/\/# .+\ngo\(\)$/);
});

test.each(['lib/a.ts', 'tests/a.test.ts'])('a type error in %s fails the build, every time', (path) => {
  write(path, `export const a: number = 'one';\n`);
  for (let i = 0; i < 2; i++) {
    const { code, said } = build();
    expect(code).toBe(1);
    expect(said).toContain(`Type 'string' is not assignable to type 'number'`);
    expect(said).toMatch(/The check of the types failed; its output is above\.\n$/);
  }
  write(path, 'export const a: number = 2;\n');
  expect(build().code).toBe(0);
});

test('a change of what only the types depend on checks them, and builds nothing', () => {
  build();
  write('tests/a.test.ts', 'export const b: number = 1;\n');
  expect(build()).toEqual({ code: 0, said: '' });
  expect(build()).toEqual({ code: 0, said: sameSources });
  write('tsconfig.json', readFileSync(join(tree, 'tsconfig.json'), 'utf8').replace('true', 'false'));
  expect(build()).toEqual({ code: 0, said: '' });
});

test('without the development packages the types are not checked, and that is said', () => {
  rmSync(join(tree, 'node_modules/typescript'));
  write('lib/a.ts', `export const a: number = 'one';\n`);
  expect(build()).toEqual({
    code: 0,
    said: 'The types are not checked: typescript is not installed.\nnext was run\n',
  });
});

test('a failed build is done again, also for sources that were built before', () => {
  build();
  write('lib/a.ts', 'export const a: number = 2;\n');
  write('node_modules/next/dist/bin/next', 'process.exit(1);');
  expect(build()).toEqual({ code: 1, said: 'The build failed; its output is above.\n' });
  write('lib/a.ts', 'export const a: number = 1;\n');
  write(
    'node_modules/next/dist/bin/next',
    `import { mkdirSync, writeFileSync } from 'node:fs';
    mkdirSync('.next/static/chunks', { recursive: true });
    writeFileSync('.next/static/chunks/a.js', 'go()');
    console.log('next was run');`,
  );
  expect(build()).toEqual({ code: 0, said: 'next was run\n' });
});
