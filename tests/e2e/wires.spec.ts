import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Graph } from '@/lib/graph/schema';
import { titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { lookAtWires } from './fixtures/wires';

/**
 * Wires are there at every zoom, opened at any zoom. A few examples that open near and far at one size; GANVAS_SIZES
 * asks for all of them at each of its sizes: 1024x700,2560x1440.
 */
const sizes = (process.env.GANVAS_SIZES ?? '1366x657').split(',').map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
});

const folder = join(import.meta.dirname, '../../lib/examples');
const few = ['bigan', 'cyclegan', 'gan-lab', 'ring'];
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''))
  .filter((name) => process.env.GANVAS_SIZES || few.includes(name));
/** A test each, so that its time does not grow with the examples. */
const parts = Array.from({ length: Math.ceil(names.length / few.length) }, (_, i) =>
  names.slice(i * few.length, (i + 1) * few.length),
);
const read = (name: string): Graph => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const cases = sizes.flatMap((size) => parts.map((part) => ({ size, part })));

for (const { size, part } of cases)
  test(`every wire is drawn as it opens, far and near, at ${size.width} x ${size.height}: ${part.join(', ')}`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(size);
    const missing: string[] = [];
    for (const name of part) {
      const graph = read(name);
      await page.goto(`/edit?example=${name}`);
      await expect(titleField(page)).toHaveValue(graph.title);
      await expect(page.locator('.react-flow__node-card')).not.toHaveCount(0);
      const check = async (when: string) => {
        const edges = page.locator('.react-flow__edge-path');
        await expect(edges, `${name}, ${when}`).toHaveCount(graph.wires.length);
        for (const { id, free, inked } of await lookAtWires(page))
          if (free >= 6 && inked < free / 4) missing.push(`${name}, ${when}: ${id} ${inked} of ${free}`);
      };
      await check('as it opens');
      // Out until cards are boxes, and in again until they are read.
      const zoom = () =>
        page
          .locator('.react-flow__viewport')
          .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);
      while ((await zoom()) > 0.3) {
        const before = await zoom();
        await page.keyboard.press('-');
        await expect.poll(zoom).toBeLessThan(before);
      }
      await check('far');
      while ((await zoom()) < 0.6) {
        const before = await zoom();
        await page.keyboard.press('+');
        await expect.poll(zoom).toBeGreaterThan(before);
      }
      await check('near');
    }
    expect(missing).toEqual([]);
  });
