import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compiled, target } from './compile-kernels.mjs';

it('compiled.ts is what the AssemblyScript beside it compiles to', async () => {
  expect(await compiled()).toBe(readFileSync(target, 'utf8'));
}, 60_000);
