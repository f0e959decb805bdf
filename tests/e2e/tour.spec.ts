import { openEditor } from './fixtures/editor';
import { expect, test } from './fixtures/page';

test('the tour is walked through, or skipped, and then offered no more', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openEditor(page);
  const offer = page.getByRole('button', { name: 'Take the tour' });
  await offer.click();
  const tour = page.getByRole('region', { name: 'Tour' });
  await expect(tour).toContainText('1 of 6');
  for (let stop = 2; stop <= 6; stop++) {
    await tour.getByRole('button', { name: 'Next' }).click();
    await expect(tour).toContainText(`${stop} of 6`);
    await expect(page.locator('[data-toured]')).toHaveCount(1);
    await expect(tour).toBeInViewport({ ratio: 1 });
  }
  await tour.getByRole('button', { name: 'Done' }).click();
  await expect(tour).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Create it' })).toBeVisible();
  await expect(offer).toHaveCount(0);
});
