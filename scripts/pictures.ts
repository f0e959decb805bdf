import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pngOf } from '@/bin/picture';
import { checkGraph } from '@/lib/check/check';
import { parseDocumentValue } from '@/lib/check/parse';
import { compilePlan } from '@/lib/compile/compile';
import { firstLook } from '@/lib/draw/look';
import type { Picture } from '@/lib/draw/picture';
import { darkTheme, lightTheme } from '@/lib/draw/theme';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { examples } from '@/lib/examples/catalogue';
import type { ExampleEntry } from '@/lib/examples/entry';
import { type Checkpoint, decodeCheckpoint, fingerprint } from '@/lib/train/checkpoint';
import { createHeadlessLoop } from '@/lib/train/headless';
import { defined } from '@/lib/util/assert';

/**
 * `npm run pictures -- [ID ...] [--redraw]`: the gallery's pictures, from real runs. Each example is trained by
 * the command line for its own iterations; the view that the catalogue names is then drawn from the checkpoint,
 * light and dark. --redraw takes the checkpoints of the last call, where they still belong to the documents.
 */
const SIZE = [640, 400] as const;
const folder = 'public/examples';

async function main(wanted: readonly string[], redraw: boolean): Promise<void> {
  const unknown = wanted.find((id) => !examples.some((example) => example.id === id));
  if (unknown !== undefined) throw new Error(`There is no example "${unknown}".`);
  mkdirSync(folder, { recursive: true });
  for (const example of examples) {
    if (wanted.length > 0 && !wanted.includes(example.id)) continue;
    const engine = await startBackend('wasm');
    const picture = await pictureOf(engine, example, redraw);
    engine.dispose();
    for (const [suffix, theme] of [
      ['', lightTheme],
      ['-dark', darkTheme],
    ] as const) {
      const file = join(folder, `${example.id}${suffix}.png`);
      const png = pngOf(picture, ...SIZE, theme, firstLook);
      writeFileSync(file, png);
      console.log(`${file} ${(png.length / 1000).toFixed(0)} kB`);
    }
  }
}

async function pictureOf({ tf }: Engine, example: ExampleEntry, redraw: boolean): Promise<Picture> {
  const parsed = parseDocumentValue(example.document);
  if (!parsed.ok) throw new Error(`${example.id} does not parse`);
  const plan = compilePlan(checkGraph(parsed.graph));
  let pictures: { readonly [view: string]: Picture } = {};
  const loop = createHeadlessLoop(tf, plan, {
    pictures: (_, drawn) => {
      pictures = drawn;
    },
  });
  const out = join('.cache/pictures', example.id);
  if (!redraw) train(example.id, out);
  const checkpoint = readCheckpoint(join(out, 'checkpoint.bin'));
  if (
    checkpoint.fingerprint !== fingerprint(plan) ||
    checkpoint.counters.iteration < plan.settings.iterations
  )
    throw new Error(`The checkpoint of ${example.id} belongs to another document.`);
  loop.restore(checkpoint);
  await loop.look();
  loop.dispose();
  return defined(pictures[example.picture], `view ${example.picture} of ${example.id}`);
}

function train(id: string, out: string): void {
  const args = ['bin/ganvas.ts', 'train', id, '--out', out];
  const { status } = spawnSync('node_modules/.bin/tsx', args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${id} did not train`);
}

function readCheckpoint(file: string): Checkpoint {
  const decoded = decodeCheckpoint(readFileSync(file));
  if (!decoded.ok) throw new Error(`${file}: ${decoded.reason}`);
  return decoded.checkpoint;
}

const { values, positionals } = parseArgs({
  options: { redraw: { type: 'boolean', default: false } },
  allowPositionals: true,
});
await main(positionals, values.redraw);
