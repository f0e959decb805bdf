import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compiled } from './compile-kernels.mjs';

it('each compiled.ts is what the AssemblyScript beside it compiles to', async () => {
  for (const [path, text] of Object.entries(await compiled())) expect(readFileSync(path, 'utf8')).toBe(text);
}, 60_000);
