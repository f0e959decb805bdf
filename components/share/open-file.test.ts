import { expect, test } from 'vitest';
import { formatGraph } from '@/lib/graph/parse';
import { emptyGraph } from '@/lib/graph/schema';
import { fileNameOf, readGraphFile } from './open-file';

const file = (text: string, size = text.length) => ({ name: 'x.json', size, text: async () => text });

test('a saved document is read back', async () => {
  const graph = { ...emptyGraph(), title: 'Mine' };
  expect(await readGraphFile(file(formatGraph(graph)))).toEqual({ ok: true, graph });
});

test('a file that is too large is refused before it is read', async () => {
  let isRead = false;
  const huge = {
    name: 'video.mp4',
    size: 50e6,
    text: async () => {
      isRead = true;
      return '';
    },
  };
  expect(await readGraphFile(huge)).toMatchObject({ ok: false, diagnostics: [{ code: 'file-too-large' }] });
  expect(isRead).toBe(false);
});

test('what is no document is refused with a reason', async () => {
  expect(await readGraphFile(file('PNG'))).toMatchObject({ ok: false, diagnostics: [{ code: 'not-json' }] });
  expect(await readGraphFile(file('{}'))).toMatchObject({
    ok: false,
    diagnostics: [{ code: 'not-a-graph' }],
  });
});

test('file names are plain', () => {
  expect(fileNameOf('Ring of eight Gaussians')).toBe('ring-of-eight-gaussians.json');
  expect(fileNameOf('Δ/..\\')).toBe('untitled.json');
});
