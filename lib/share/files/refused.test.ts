import { describe, expect, test } from 'vitest';
import { encodeNpz } from '@/lib/export/npz';
import { fromBytes } from './file-source';
import { readFile, readGraph } from './read-file';
import { table, weights, zip } from './testing/samples';

describe('what is no graph is recognised by its content, with what can be done with it here (F1)', () => {
  test.each(table)('%s', async (name, content, code, message, hint) => {
    // The name is looked at for nothing but broken weights.
    for (const given of [name, 'unnamed']) {
      if (given === 'unnamed' && name.endsWith('.onnx')) continue;
      expect(await readFile(fromBytes(given, content))).toMatchObject({
        is: hint === 'drop it on the editor' ? 'data' : 'graph',
        result: {
          ok: false,
          diagnostics: [
            { code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) },
          ],
        },
      });
    }
  });

  test('each is one sentence, and a next step', async () => {
    for (const [name, content] of table) {
      const result = await readGraph(fromBytes(name, content));
      const [first] = result.ok ? [] : result.diagnostics;
      expect(first?.message).toMatch(/^(This|These) [^\n]*\.$/);
      expect(first?.hint).toMatch(/\.$/);
    }
  });

  test('weights of PyTorch and NumPy are converted by two lines of Python, with the name as a string', async () => {
    for (const [name, content] of [
      ['net "G".pth', zip('netG/data.pkl')],
      ['net "G".npz', encodeNpz(new Map([['a', weights]]))],
    ] as const) {
      const result = await readGraph(fromBytes(name, content));
      const snippet = result.ok ? undefined : result.diagnostics[0]?.snippet;
      expect(snippet?.split('\n')).toHaveLength(2);
      expect(snippet).toContain(`load("net \\"G\\".${name.slice(-3)}"`);
      expect(snippet).toContain('"net \\"G\\".safetensors")');
    }
  });
});
