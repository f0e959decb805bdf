import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { addCompileHints } from './compile-hints.mjs';

const folder = mkdtempSync(join(tmpdir(), 'hints-'));
afterEach(() => rmSync(folder, { recursive: true }));

test('scripts of pages begin with the hint, once; large ones, those of tfjs and styles stay', () => {
  const files = {
    'page.js': 'go()',
    'kernels.js': 'registerKernel({})',
    'large.js': ' '.repeat(600_000),
    'page.css': 'p {}',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  addCompileHints(folder);
  addCompileHints(folder);
  for (const [name, text] of Object.entries(files))
    expect(readFileSync(join(folder, name), 'utf8')).toBe(
      name === 'page.js' ? `//# allFunctionsCalledOnLoad\n${text}` : text,
    );
});
