import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSafetensors } from '@/lib/export/safetensors';
import { formatGraph } from '@/lib/graph/parse';
import { encodeLink } from '../link';
import { fromBytes } from './file-source';
import { readFile, readGraph } from './read-file';
import { bytes, graph, saved, table, utf16, weights } from './testing/samples';

describe('a graph opens (F2)', () => {
  test.each([
    ['as it was saved', bytes(saved)],
    ['behind a byte order mark', bytes(0xef, 0xbb, 0xbf, saved)],
    ['in UTF-16, little end first', utf16(saved, false, true)],
    ['in UTF-16, big end first', utf16(saved, true, true)],
    ['in UTF-16 without a mark', utf16(saved, false, false)],
    ['in UTF-16 without a mark, big end first', utf16(saved, true, false)],
    ['with lines of Windows', bytes(saved.replaceAll('\n', '\r\n'))],
  ])('%s, whatever its name', async (_, content) => {
    for (const name of ['a.json', 'a.txt', 'a.png', ''])
      expect(await readFile(fromBytes(name, content))).toEqual({ is: 'graph', result: { ok: true, graph } });
  });

  test('in the old code page of Windows', async () => {
    const text = formatGraph({ ...graph, title: 'Générateur' });
    const result = await readGraph(fromBytes('a.json', Buffer.from(text, 'latin1')));
    expect(result).toMatchObject({ ok: true, graph: { title: 'Générateur' } });
  });

  test('from a text with its link', async () => {
    const text = `Here it is:\r\n<https://ganvas.example/edit#${await encodeLink(graph)}>.`;
    expect(await readGraph(fromBytes('mail.txt', bytes(text)))).toMatchObject({ ok: true });
  });

  test('from weights that bring it along; weights alone say what they are', async () => {
    const own = encodeSafetensors(new Map([['a', weights]]), { ganvas: saved });
    expect(await readFile(fromBytes('a.bin', own))).toEqual({ is: 'weights' });
    expect(await readGraph(fromBytes('a.bin', own))).toEqual({ ok: true, graph });
    const alone = encodeSafetensors(new Map([['a', weights]]));
    expect(await readGraph(fromBytes('a', alone))).toMatchObject({ diagnostics: [{ code: 'file-weights' }] });
  });

  test('broken weights go to the reader of weights, by their name', async () => {
    expect(await readFile(fromBytes('a.safetensors', bytes('no weights at all')))).toEqual({ is: 'weights' });
  });
});

test('JSON cut anywhere is said to be cut there, and nothing of it opens (F2)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: saved.trimEnd().length - 1 }), async (length) => {
      const result = await readGraph(fromBytes('a.json', bytes(saved.slice(0, length))));
      expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'file-cut' }] });
      const line = saved.slice(0, length).trimEnd().split('\n').length;
      const said = result.ok ? '' : result.diagnostics[0]?.message;
      expect(said).toContain(`after ${length.toLocaleString('en')} characters, on line ${line}`);
    }),
    { numRuns: 200 },
  );
});

test('JSON that is broken within is not said to be cut', async () => {
  const at = saved.indexOf('"networks"');
  for (const text of [
    saved.replace(':', ' '),
    `${saved.slice(0, at)}oops ${saved.slice(at, at + 500)}`,
    `${saved.slice(0, at)}nonsense here`,
    saved.replaceAll('"', "'"),
    `${saved}}`,
  ])
    expect(await readGraph(fromBytes('a.json', bytes(text)))).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'not-json' }],
    });
});

test('of a file that is too large no more than its ends are read (F3)', async () => {
  let read = 0;
  const size = 5e9;
  for (const signature of [[], [...bytes('PK\u0003\u0004')], [0x1f, 0x8b]]) {
    const result = await readGraph({
      name: 'film.dat',
      size,
      read: async (start, end) => {
        read += end - start;
        const piece = new Uint8Array(end - start).fill(65);
        if (start === 0) piece.set(signature);
        return piece;
      },
    });
    expect(result.ok).toBe(false);
    if (signature.length === 0)
      expect(result).toMatchObject({
        diagnostics: [{ code: 'file-too-large', message: expect.stringContaining('5000.0 MB') }],
      });
  }
  expect(read).toBeLessThan(1e6);
});

test('any bytes end in a graph, weights or a sentence', async () => {
  const beginnings = [
    ...table.map(([, content]) => content),
    bytes(saved),
    bytes('PK\u0003\u0004'),
    bytes(0x1f, 0x8b, 8, 0),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...beginnings),
      fc.nat(600),
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ maxLength: 20 }),
      async (beginning, length, rest, name) => {
        const content = Uint8Array.from([...beginning.subarray(0, length), ...rest]);
        const result = await readGraph(fromBytes(name, content));
        if (!result.ok) expect(result.diagnostics[0]?.message).toBeTruthy();
      },
    ),
    { numRuns: 1_000 },
  );
});
