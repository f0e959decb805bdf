import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { gzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { images, labels, movingGif } from '@/lib/data/files/testing/files';
import { findExample } from '@/lib/examples/catalogue';
import { ganvas } from './testing/process';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ganvas-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('ganvas data', () => {
  test('a table: its options as JSON, what is done with it in words', async () => {
    const text = 'a,b\n1,x\n2,y\n3,x\n5,y\n';
    const { code, out, error } = await ganvas(['data', write('people.csv', text)]);
    expect(code).toBe(0);
    const options = {
      ...{ name: 'people.csv', rows: 4, shape: [1], x: ['a'], labels: 'b', classes: ['x', 'y'] },
      ...{ offset: [2.75], spread: [1.47902], fit: 'crop', flip: false, heldOut: 0.1 },
    };
    const source = `import:${sha256(text)}`;
    expect(JSON.parse(out)).toEqual({ source, options, rows: 4, shape: [1], classes: ['x', 'y'] });
    expect(error).toContain('4 rows of 1');
  });

  test('images of IDX with the labels beside them, by the hash that sha256sum gives of its own lines', async () => {
    const files = [
      ['t-images-idx3-ubyte.gz', gzipSync(images, { mtime: 0 })],
      ['t-labels-idx1-ubyte.gz', gzipSync(labels, { mtime: 0 })],
    ] as const;
    const [path = ''] = files.map(([name, bytes]) => write(name, bytes));
    const lines = files.map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`);
    const { out } = await ganvas(['data', path]);
    expect(JSON.parse(out)).toMatchObject({
      source: `import:${sha256(lines.join(''))}`,
      rows: 4,
      shape: [2, 3, 1],
      classes: ['0', '1'],
    });
  });

  test('a folder of pictures: PNG, JPEG, WebP, GIF and AVIF of other sizes', async () => {
    const root = join(folder, 'pets');
    mkdirSync(join(root, 'cats'), { recursive: true });
    mkdirSync(join(root, 'dogs'));
    const canvas = createCanvas(200, 150);
    const context = canvas.getContext('2d');
    context.fillStyle = 'red';
    context.fillRect(0, 0, 200, 150);
    writeFileSync(join(root, 'cats/1.png'), canvas.toBuffer('image/png'));
    writeFileSync(join(root, 'cats/2.jpg'), canvas.toBuffer('image/jpeg'));
    writeFileSync(join(root, 'dogs/1.webp'), canvas.toBuffer('image/webp'));
    writeFileSync(join(root, 'dogs/2.avif'), canvas.toBuffer('image/avif'));
    const { out } = await ganvas(['data', root]);
    expect(JSON.parse(out)).toMatchObject({ rows: 4, shape: [64, 64, 3], classes: ['cats', 'dogs'] });
  });

  test.each([
    ['a file that is not there', 'nowhere.csv', 'There is no file and no folder'],
    ['one that is empty', 'empty.npy', 'empty.npy: data was expected; the file is empty.'],
  ])('%s: a sentence, exit 2', async (_, name, sentence) => {
    write('empty.npy', '');
    const ended = await ganvas(['data', join(folder, name)]);
    expect(ended).toMatchObject({ code: 2, out: '', error: expect.stringContaining(sentence) });
    expect(ended.error).not.toContain('    at ');
  });
});

describe('ganvas train --data', () => {
  const people = Array.from({ length: 100 }, (_, i) => `${150 + (i % 50)},${50 + ((7 * i) % 40)}`);
  const game = () => JSON.parse(JSON.stringify(findExample('ring')?.document));

  test('images in a node’s place come in the size that the game takes', async () => {
    const path = write('moving.gif', movingGif);
    const args = ['--iterations', '1', '--data', path, '--dataset', 'data', '--out', join(folder, 'moving')];
    expect(await ganvas(['train', 'dcgan-glyphs', ...args])).toMatchObject({ code: 0 });
    const { nodes } = JSON.parse(readFileSync(join(folder, 'moving/graph.json'), 'utf8'));
    expect(nodes.find(({ id }: { id: string }) => id === 'data').params).toMatchObject({
      split: 'train',
      options: { rows: 3, shape: [28, 28, 1], x: ['images'] },
    });
  });

  test('trains on a file in a node’s place, and on the graph that names it', async () => {
    const path = write('two.csv', `height,weight\n${people.join('\n')}\n`);
    const out = join(folder, 'placed');
    const args = ['--iterations', '3', '--data', path, '--dataset', 'data', '--out', out];
    const placed = await ganvas(['train', 'ring', ...args]);
    expect(placed.code).toBe(0);

    const { source, options } = JSON.parse((await ganvas(['data', path])).out);
    const document = game();
    document.nodes.find(({ id }: { id: string }) => id === 'data').params = {
      ...{ source, options },
      // What is held out is not trained on.
      split: 'train',
    };
    const graph = write('game.json', JSON.stringify(document));
    const named = await ganvas(['train', graph, '--iterations', '3', '--data', path]);
    const last = ({ out }: { out: string }) => JSON.parse(out.trim().split('\n').at(-1) ?? '');
    expect(last(named).digest).toBe(last(placed).digest);
    // What was trained is beside what came of it.
    const kept = await ganvas(['train', join(out, 'graph.json'), '--data', path]);
    expect(last(kept).digest).toBe(last(placed).digest);

    const without = await ganvas(['train', graph, '--iterations', '3']);
    expect(without).toMatchObject({
      code: 2,
      error: `data needs the file two.csv (100 rows, ${source}): give it with --data FILE.\n`,
    });
  });

  test.each([
    [['--data', 'a.csv'], '--data a.csv: the graph does not need it (it is import:'],
    [
      ['--data', 'a.csv', '--dataset', 'nowhere'],
      '--dataset nowhere: the graph has no dataset node of this id.',
    ],
    [['--dataset', 'data'], '--dataset NODE takes one file: --data FILE.'],
  ])('%j: a sentence, exit 2', async (args, sentence) => {
    const path = write('a.csv', '1,2\n3,4\n');
    const ended = await ganvas(['train', 'ring', ...args.map((arg) => (arg === 'a.csv' ? path : arg))]);
    expect(ended).toMatchObject({ code: 2, out: '', error: expect.stringContaining(sentence) });
    expect(ended.error).not.toContain('    at ');
  });
});
