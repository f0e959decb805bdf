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

test('the enlarged surface is zoomed and moved by wheel, drag, keys and buttons, and the canvas is not', async ({
  page,
}) => {
  await openExample(page, 'gan-lab');
  await trainTo(page, 20);
  const board = () => page.locator('.react-flow__viewport').getAttribute('style');
  const before = await board();
  await page.getByRole('button', { name: 'Enlarge Surface' }).click();
  const enlarged = page.getByRole('region', { name: 'Surface, enlarged' });
  const canvas = enlarged.locator('canvas');
  const whole = await pictureOf(canvas);
  const reset = enlarged.getByRole('button', { name: 'The whole picture' });
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no canvas');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => pictureOf(canvas)).not.toBe(whole);
  const near = await pictureOf(canvas);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => pictureOf(canvas)).not.toBe(near);
  const moved = await pictureOf(canvas);
  // Moved on, and back by the keys' own steps.
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => pictureOf(canvas)).not.toBe(moved);
  await page.keyboard.press('0');
  await expect.poll(() => pictureOf(canvas)).toBe(whole);
  await enlarged.getByRole('button', { name: 'Nearer' }).click();
  await expect.poll(() => pictureOf(canvas)).not.toBe(whole);
  await reset.click();
  await expect.poll(() => pictureOf(canvas)).toBe(whole);
  await page.keyboard.press('Escape');
  await expect(enlarged).toBeHidden();
  expect(await board()).toBe(before);
});
