import type { Page } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { trainTo } from './fixtures/training';

const panel = (page: Page) => page.getByRole('region', { name: 'Latent space of the generator' });
const tool = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });
const sample = (page: Page, seed: number) =>
  panel(page).getByRole('button', { name: new RegExp(`^Sample of seed ${seed}\\b`) });

test('the latent space of a run is looked around in, between its samples and by sums of them', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'gan-lab');
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  await expect(panel(page)).toContainText('Press play first');
  await trainTo(page, 40);
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  const nearest = panel(page).getByText(/^Nearest of 10,000 training examples/);
  const ofFirst = await nearest.textContent();
  await sample(page, 3).click();
  await expect(sample(page, 3)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => nearest.textContent()).not.toBe(ofFirst);
  const before = await nearest.textContent();
  const slider = panel(page).getByRole('slider', { name: 'z1' });
  await slider.fill('2.1');
  await expect.poll(() => nearest.textContent()).not.toBe(before);
  await tool(page, 'Back to the origin').click();
  await expect.poll(() => nearest.textContent()).toBe(before);

  await tool(page, 'Interpolate').click();
  await sample(page, 8).click();
  await expect(sample(page, 8)).toHaveAccessibleName('Sample of seed 8, B');
  // On the plane too, a press picks the sample that is nearest.
  await panel(page).locator('svg circle').nth(11).click();
  await expect(sample(page, 11)).toHaveAccessibleName('Sample of seed 11, B');
  const line = panel(page).locator('polyline');
  await expect.poll(async () => (await line.getAttribute('points'))?.split(' ').length).toBe(9);

  await tool(page, 'Arithmetic').click();
  for (const [i, name] of ['a', 'b', 'c'].entries()) {
    await panel(page)
      .getByRole('button', { name: new RegExp(`^${name} · `) })
      .click();
    await sample(page, i).click();
  }
  await tool(page, 'Make it the origin').click();
  await tool(page, 'Explore').click();
  await expect(nearest).toBeVisible();

  await tool(page, 'Find').click();
  await panel(page).getByLabel('x1').fill('0.4');
  await tool(page, 'Find its noise').click();
  await expect(panel(page).getByText(/^\d\.\d+ from what is wanted/)).toBeVisible();
  await tool(page, 'Make it the origin').click();

  // A reload finds the run where it was kept, at rest.
  await page.reload();
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  await expect(sample(page, 0)).toBeVisible();
});
