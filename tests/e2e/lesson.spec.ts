import { expect, test } from './fixtures/page';
import { playButton } from './fixtures/training';

test('a class sees a lesson, plays, changes what is marked, and steps know when they are done', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('/edit?view=class&example=gan-lab');
  const steps = page.getByRole('list', { name: /^Steps/ });
  await expect(steps).toHaveAccessibleName('Steps, 0 of 3 done');
  await expect(page).toHaveURL(/\/edit\?view=class$/);
  await expect(page.locator('.react-flow')).toHaveCount(0);
  const fields = page.getByRole('region', { name: 'What you can change' });
  await expect(fields.getByText('Learning rate', { exact: true })).toHaveCount(2);
  await expect(fields.getByText('Steps per iteration', { exact: true })).toHaveCount(1);
  await playButton(page).click();
  await expect(steps).toHaveAccessibleName('Steps, 1 of 3 done', { timeout: 60_000 });
  await page.reload();
  await expect(steps).toHaveAccessibleName('Steps, 1 of 3 done');
});
