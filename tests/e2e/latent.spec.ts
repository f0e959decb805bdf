import type { Page } from 'playwright/test';
import { defined } from '@/lib/util/assert';
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

test('what is painted on a sample is looked for, shown beside it, and cleared', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'projection');
  await trainTo(page, 40);
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  await tool(page, 'Find').click();
  const wanted = panel(page).getByRole('img', { name: 'What is wanted' });
  const words = panel(page).getByText(/^\d\.\d+ from what is wanted/);
  await expect(wanted).toBeHidden();
  const easel = panel(page).getByRole('img', { name: 'The sample, to paint on' });
  await panel(page).getByRole('slider', { name: 'Brush' }).fill('2');
  const { x, y, width, height } = defined(await easel.boundingBox(), 'the easel');
  await page.mouse.move(x + width / 2, y + height / 4);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + (3 * height) / 4, { steps: 4 });
  await page.mouse.up();
  await expect(words).toBeVisible();
  await expect(wanted).toBeVisible();
  // A stroke in white, so wide that its middle is white whatever the sample was.
  const middle = await wanted.evaluate((canvas: HTMLCanvasElement) =>
    Array.from(canvas.getContext('2d')?.getImageData(6, 6, 1, 1).data ?? []),
  );
  expect(middle).toEqual([255, 255, 255, 255]);
  await tool(page, 'Clear').click();
  await expect(wanted).toBeHidden();
  await expect(words).toBeHidden();
  await expect(tool(page, 'Clear')).toBeDisabled();
});

test('a way between two classes ends at the other', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'conditional-gan');
  await trainTo(page, 200);
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  await tool(page, 'Interpolate').click();
  await expect(panel(page)).toContainText('Between two classes labels are mixed.');
  const circle = panel(page).locator('svg circle');
  const line = panel(page).locator('polyline');
  for (const seed of [3, 5]) {
    await sample(page, seed).click();
    const place = async () => {
      const [x, y] = [await circle.nth(seed).getAttribute('cx'), await circle.nth(seed).getAttribute('cy')];
      const last = (await line.getAttribute('points'))?.split(' ').at(-1)?.split(',') ?? [];
      return Math.hypot(Number(last[0]) - Number(x), Number(last[1]) - Number(y));
    };
    await expect.poll(place).toBeLessThan(0.5);
  }
  await tool(page, 'Arithmetic').click();
  await expect(panel(page).getByRole('combobox', { name: /^Class/ })).toBeVisible();
});

test('an image is looked for from what the encoder makes of it, with noise as long as samples have', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'projection');
  await trainTo(page, 300);
  await page.getByRole('button', { name: 'Latent', exact: true }).click();
  await tool(page, 'Find').click();
  const cross = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(12, 12);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.fillRect(0, 0, 12, 12);
    context.fillStyle = 'white';
    context.fillRect(5, 2, 2, 8);
    const blob = await canvas.convertToBlob();
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const choosing = page.waitForEvent('filechooser');
  await tool(page, 'An image …').click();
  await (await choosing).setFiles({ name: 'one.png', mimeType: 'image/png', buffer: Buffer.from(cross) });
  const words = panel(page).getByText(/^\d\.\d+ from what is wanted/);
  await expect(words).toContainText(
    /at the origin\. Begun at (what the encoder makes of it|the nearest of 64 samples), \d\.\d+ away\.$/,
  );
  // What is found is no farther than where it began.
  const figures = async () => ((await words.textContent()) ?? '').match(/\d\.\d+/g)?.map(Number) ?? [];
  await expect
    .poll(async () => (await figures())[0])
    .toBeLessThan(defined((await figures())[2], 'the start'));
  const near = defined((await figures())[0], 'what was found');
  await panel(page)
    .getByRole('checkbox', { name: /^Noise of any length/ })
    .check();
  await expect.poll(async () => (await figures())[0]).toBeLessThanOrEqual(near);
  await tool(page, 'Clear').click();
  await expect(words).toBeHidden();
});
