import { boxOf, expectReversible, nodeOf } from './fixtures/edit';
import { onCanvas, openDocument, openExample, readExample, withParams } from './fixtures/editor';
import { expect, test } from './fixtures/page';

/** A distribution of the user's own, drawn in the inspector: a stroke is one step of the history. */
const few = { source: 'drawn', options: { points: [[0, 0]] } };

test('points are drawn by mouse and by keys, erased, and drawn anew', async ({ page }) => {
  await openExample(page, 'ring');
  await openDocument(page, withParams(readExample('gan-lab'), 'data', few));
  await onCanvas(page, 'data').click();
  const square = page.getByRole('application', { name: /^Points: / });
  await square.scrollIntoViewIfNeeded();
  const pointsIn = (graph: Parameters<typeof nodeOf>[0]) =>
    (nodeOf(graph, 'data').params.options as { readonly points: readonly (readonly number[])[] }).points;
  const strokeAcross = async (height: number) => {
    const { x, y, width } = await boxOf(square);
    await page.mouse.move(x + width * 0.25, y + width * height);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.75, y + width * height, { steps: 30 });
    await page.mouse.up();
  };

  const drawn = await expectReversible(page, () => strokeAcross(0.25));
  const points = pointsIn(drawn);
  expect(points.length).toBeGreaterThan(15);
  expect(points[0]).toEqual([0, 0]);
  // Half of the way up, along half of the square.
  for (const [, y = 0] of points.slice(1)) expect(y).toBeCloseTo(0.6, 1);
  expect(points.at(-1)?.[0]).toBeCloseTo(0.6, 1);

  await square.focus();
  const byKeys = await expectReversible(page, async () => {
    await square.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  });
  expect(pointsIn(byKeys)).toHaveLength(points.length + 1);
  expect(pointsIn(byKeys).at(-1)).toEqual([0.12, -0.12]);

  await page.getByRole('button', { name: 'Erase' }).click();
  const erased = await expectReversible(page, () => strokeAcross(0.25));
  expect(pointsIn(erased)).toHaveLength(2);

  // A quick hand draws a line too, and nothing outside of the square.
  await page.getByRole('button', { name: 'Draw' }).click();
  const quick = await expectReversible(page, async () => {
    const { x, y, width } = await boxOf(square);
    await page.mouse.move(x + width * 0.25, y + width * 0.9);
    await page.mouse.down();
    await page.mouse.move(x + width * 1.4, y + width * 0.9);
    await page.mouse.up();
  });
  const across = pointsIn(quick)
    .slice(2)
    .map(([at = 0]) => at);
  expect(across.length).toBeGreaterThan(30);
  expect(Math.max(...across)).toBeLessThanOrEqual(1.2);

  await page.getByRole('button', { name: 'Anew' }).click();
  const anew = await expectReversible(page, () => strokeAcross(0.75));
  for (const [, y = 0] of pointsIn(anew)) expect(y).toBeCloseTo(-0.6, 1);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`the square in ${colorScheme}`, async ({ page }, info) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.emulateMedia({ colorScheme });
    await openExample(page, 'ring');
    await openDocument(page, withParams(readExample('gan-lab'), 'data', { source: 'drawn' }));
    await onCanvas(page, 'data').click();
    const square = page.getByRole('application', { name: 'Points: 36 points.' });
    await square.scrollIntoViewIfNeeded();
    await expect(square).toBeInViewport();
    await page.screenshot({ path: info.outputPath(`drawn-${colorScheme}.png`) });
  });

test('a formula is seen as it is typed, before anything is trained; faint while it is wrong', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'ring');
  await openDocument(page, withParams(readExample('gan-lab'), 'data', { source: 'function', options: {} }));
  await onCanvas(page, 'data').click();
  const picture = page.getByRole('img', { name: 'Examples of the data' });
  await expect(picture).toBeInViewport();
  const pixels = () => picture.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const sine = await pixels();
  const formula = page.getByRole('textbox', { name: 'Formula' });
  await formula.fill('square(x)');
  await expect.poll(pixels).not.toBe(sine);
  const square = await pixels();
  await formula.fill('log(x)');
  await expect(page.getByText(/the formula gives NaN at x = -2/).first()).toBeVisible();
  expect(await pixels()).toBe(square);
  await expect(picture).toHaveCSS('opacity', '0.35');
});
