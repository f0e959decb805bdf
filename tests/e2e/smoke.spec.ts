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
