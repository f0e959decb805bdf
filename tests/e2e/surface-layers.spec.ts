import { inspector, onCanvas, openExample, select } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { pictureOf, readIteration, trainTo } from './fixtures/training';

test('the layers of a game on the plane are switched while the run stands', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 20);
  const canvas = onCanvas(page, 'surface').locator('canvas');
  const seen = new Set([await pictureOf(canvas)]);
  await select(page, 'surface');
  for (const layer of ['Grid', 'Arrows', 'Samples']) {
    const before = await pictureOf(canvas);
    await inspector(page).getByRole('switch', { name: layer }).click();
    await expect.poll(() => pictureOf(canvas)).not.toBe(before);
    seen.add(await pictureOf(canvas));
  }
  expect(seen.size).toBe(4);
  expect(await readIteration(page)).toBe(20);
});
