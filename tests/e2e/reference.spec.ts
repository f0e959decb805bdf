import { registry } from '@/lib/nodes/registry';
import { titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';

test('every kind has a page, found by words', async ({ page }) => {
  await page.goto('/docs');
  const main = page.getByRole('main');
  await expect(main.getByRole('listitem')).toHaveCount(registry.length);
  await page.getByRole('searchbox', { name: 'Find a kind' }).fill('wgan-gp lipschitz');
  await expect(main.getByRole('listitem')).toHaveCount(1);
  await main.getByRole('link', { name: 'Gradient penalty' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Gradient penalty' })).toBeVisible();
  await expect(main.locator('.katex').first()).toBeVisible();
  await expect(main.getByRole('row', { name: /^Weight w/ })).toContainText('0 … 1,000,000');
  await expect(main.getByRole('link', { name: /Gulrajani/ })).toHaveAttribute('href', /^https:/);
});

test('a kind’s game opens in the editor', async ({ page }) => {
  await page.goto('/docs/dense');
  await page.getByRole('main').getByRole('link', { name: 'Open in the editor' }).click();
  await expect(titleField(page)).toHaveValue('Dense, at work');
  await expect(page.getByText('saved', { exact: true })).toBeVisible();
});

test('a kind that there is not is not found', async ({ page, watch }) => {
  watch.allow(/no-such-kind/);
  expect((await page.goto('/docs/no-such-kind'))?.status()).toBe(404);
});
