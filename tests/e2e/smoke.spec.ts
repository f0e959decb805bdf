import { openExample, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';

test('/ shows the gallery', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/Ganvas/);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByRole('link', { name: /ring/i }).first()).toBeVisible();
});

test('/edit shows the editor', async ({ page }) => {
  await page.goto('/edit');
  await expect(page).toHaveTitle(/Ganvas/);
  await expect(page.getByRole('main')).toBeVisible();
});

test('a page that is not there says so, within the policy', async ({ page, watch }) => {
  watch.allow(/404/);
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('link').first()).toBeVisible();
});

test('on a phone the title is readable, and nothing in the bar lies over something else', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openExample(page, 'ring');
  const bar = page.getByRole('banner');
  const title = await titleField(page).boundingBox();
  expect(title?.width).toBeGreaterThan(60);
  const boxes = await bar
    .locator('a:visible, button:visible, input:visible')
    .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON()));
  expect(boxes.length).toBeGreaterThan(5);
  for (const [i, box] of boxes.entries()) {
    expect(box.right).toBeLessThanOrEqual(390);
    expect(box.left).toBeGreaterThanOrEqual(boxes[i - 1]?.right ?? 0);
  }
});
