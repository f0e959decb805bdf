import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('whatever describes objects here has zod do without eval first', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const early = files.filter((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    const imports = text.match(/^import .*$/gm) ?? [];
    const describes = /\bz\.(strictObject|object|looseObject)\(/.test(text);
    return describes && imports[0] !== "import './no-eval';";
  });
  expect(early).toEqual([]);
});
