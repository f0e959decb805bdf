import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import type { Graph } from '@/lib/graph/schema';
import { middleOf } from './fixtures/edit';
import { openDocument, openEditor } from './fixtures/editor';
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
/** As many as one editor is given, one after the other. */
const MOST = 16;
const parts = Array.from({ length: Math.ceil(names.length / MOST) }, (_, i) =>
  names.slice(i * MOST, (i + 1) * MOST),
);
const read = (name: string): Graph => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const cases = sizes.flatMap((size) => parts.map((part) => ({ size, part })));

for (const { size, part } of cases)
  test(`every wire is drawn as it opens, far and near, at ${size.width} x ${size.height}: ${part.join(', ')}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await openEditor(page);
    const missing: string[] = [];
    for (const name of part) {
      const graph = read(name);
      await openDocument(page, graph);
      await expect(page.locator('.react-flow__node-card')).not.toHaveCount(0);
      const check = async (when: string) => {
        const edges = page.locator('.react-flow__edge-path');
        await expect(edges, `${name}, ${when}`).toHaveCount(graph.wires.length);
        for (const { id, free, inked } of await lookAtWires(page))
          if (free >= 6 && inked < free / 4) missing.push(`${name}, ${when}: ${id} ${inked} of ${free}`);
      };
      await check('as it opens');
      // Cards are boxes.
      await zoomTo(page, 0.28);
      await check('far');
      // They are read again.
      await zoomTo(page, 0.65);
      await check('near');
    }
    expect(missing).toEqual([]);
  });

/** One turn of the wheel over the middle of the canvas. */
async function zoomTo(page: Page, wanted: number): Promise<void> {
  const zoom = () =>
    page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);
  const { x, y } = await middleOf(page.locator('.react-flow'));
  await page.mouse.move(x, y);
  // A pixel of the wheel is 1/500 of a factor of two.
  await page.mouse.wheel(0, 500 * Math.log2((await zoom()) / wanted));
  await expect.poll(zoom).toBeCloseTo(wanted, 2);
}
