import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { readEvents } from '@/lib/export/testing/read-events';
import { boxOf } from './fixtures/edit';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { trainTo } from './fixtures/training';

test('curves are read under the pointer, a part is dragged open, and they are saved', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'gan-lab');
  await trainTo(page, 60);
  const losses = page.getByRole('region', { name: 'Losses' });
  const chart = losses.getByRole('img', { name: /^Loss curves of/ });
  const { x, y, width, height } = await boxOf(chart);
  const [left, middle] = [x + 0.4 * width, y + height / 2];
  await page.mouse.move(left, middle);
  const at = losses.getByText(/^at \d+$/);
  await expect(at).toBeVisible();
  const seen = Number((await at.textContent())?.slice(3));
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(60);

  await page.mouse.down();
  await page.mouse.move(x + 0.7 * width, middle, { steps: 4 });
  await page.mouse.up();
  const showAll = losses.getByRole('button', { name: 'show all' });
  await expect(showAll).toBeVisible();
  await page.mouse.move(x + 50, middle);
  await expect(at).toHaveText(new RegExp(`^at (${seen - 1}|${seen}|${seen + 1})$`));
  await showAll.click();
  await expect(showAll).toBeHidden();

  const save = async (item: string) => {
    await losses.getByRole('button', { name: 'Save curves' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const csv = await save('Losses as CSV');
  expect(csv.name).toBe('gan-lab-s-first-game-losses.csv');
  const [head, ...rows] = csv.bytes.toString().trim().split('\n');
  expect(head).toBe('iteration,Loss of D,Loss of G');
  expect(rows.length).toBeGreaterThanOrEqual(60);
  for (const row of rows) expect(row.split(',').map(Number).every(Number.isFinite), row).toBe(true);
  const png = await save('Picture of the curves (PNG)');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  const folder = await save('The run for TensorBoard (zip)');
  const [[name, events] = ['', new Uint8Array()]] = Object.entries(unzipSync(folder.bytes));
  expect(name).toMatch(/^gan-lab-s-first-game\/events\.out\.tfevents\.\d+\.ganvas$/);
  const values = readEvents(events).flatMap((event) => event.values);
  expect(values).toContainEqual({ tag: 'loss/sgd-d', value: expect.any(Number) });
  expect(values).toContainEqual({
    tag: 'samples/image/0',
    image: expect.objectContaining({ width: 640, height: 640 }),
  });
  const svg = await save('Picture of the curves (SVG)');
  expect(svg.bytes.toString().match(/<polyline/g)).toHaveLength(2);

  await losses.getByRole('combobox', { name: 'Which curves' }).click();
  await page.getByRole('option', { name: 'Accuracy of D' }).click();
  const accuracy = page.getByRole('region', { name: 'Accuracy of D' });
  await expect(accuracy.getByRole('button', { name: 'Share right of D on fakes' })).toHaveText(/\d/);
});
