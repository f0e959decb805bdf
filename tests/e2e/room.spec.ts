import { paletteEntry } from './fixtures/edit';
import {
  expectInspected,
  inspector,
  onCanvas,
  openDocument,
  openExample,
  readExample,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';

/** The canvas' share of a small window, and what the dock shows there. */
for (const [width, height, least] of [
  [1280, 720, 900],
  [800, 900, 790],
] as const)
  test(`panels give way at ${width} x ${height}, and the inspector comes for what is selected`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openExample(page, 'ring');
    await expect(onCanvas(page, 'loss')).toBeInViewport();
    const canvas = await page.locator('.react-flow').boundingBox();
    expect(canvas?.width).toBeGreaterThanOrEqual(least);
    expect(canvas?.height).toBeGreaterThanOrEqual(0.5 * height);
    await expect(inspector(page)).toHaveCount(0);
    await onCanvas(page, 'loss').click({ position: { x: 20, y: 8 } });
    if (width < 1000) await page.getByRole('button', { name: 'Show or hide the inspector' }).click();
    await expectInspected(page, 'loss');
    expect((await page.locator('.react-flow').boundingBox())?.width).toBe(canvas?.width);
  });

/** What lib/examples/layout.test.ts opens the examples in. */
for (const [width, height, canvas] of [
  [1280, 720, { width: 1096, height: 499 }],
  [1440, 900, { width: 1256, height: 569 }],
] as const)
  test(`the canvas has the room that layouts are tested in at ${width} x ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openExample(page, 'gaussian-1d');
    expect(await page.locator('.react-flow').boundingBox()).toMatchObject(canvas);
  });

test('two games are seen side by side in the dock, and a name in a message leads to its card', async ({
  page,
}) => {
  await openExample(page, 'minimax-vs-non-saturating');
  const dock = page.getByRole('region', { name: 'Training' });
  const figures = dock.getByRole('figure');
  await expect(figures).toHaveCount(2);
  const [left, right] = await Promise.all([figures.nth(0).boundingBox(), figures.nth(1).boundingBox()]);
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual((right?.x ?? 0) + 1);
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 0))).toBeLessThan(2);

  await dock.getByRole('button', { name: /^Problems/ }).click();
  const link = dock.getByRole('listitem').getByRole('button', { name: /SGD/ }).first();
  const name = (await link.textContent()) ?? '';
  await link.click();
  await expect(inspector(page).getByRole('heading', { name })).toBeVisible();
});

test('the palette gives way to a document that needs its room, and opens at the sign that is pressed', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const palette = page.getByRole('navigation', { name: 'Palette' });
  const search = palette.getByRole('combobox');
  await openExample(page, 'gaussian-1d');
  await expect(onCanvas(page, 'loss')).toBeInViewport();
  await expect(search).toBeVisible();
  const ring = readExample('ring');
  await openDocument(page, ring);
  await expect(search).toBeHidden();
  for (const { id, network } of ring.nodes)
    if (network === undefined) await expect(onCanvas(page, id)).toBeInViewport({ ratio: 0.99 });
  await palette.getByRole('button', { name: 'Losses' }).click();
  await expect(search).toBeFocused();
  await expect(paletteEntry(page, 'Wasserstein')).toBeInViewport();
  await page.getByRole('button', { name: 'Tidy up' }).click();
  await expect(search).toBeVisible();
});
