import { expect, type Page, test } from 'playwright/test';
import { openExample } from './fixtures/editor';
import {
  checkpointHash,
  countColoured,
  expectCheckpoint,
  expectIterations,
  pause,
  pictureOf,
  play,
  readIteration,
  status,
  trainTo,
} from './fixtures/training';

/** What a run has shown and learned outlives the page, and a reset. */
const samples = (page: Page) => page.locator('canvas[data-view="samples"]').first();
const chart = (page: Page) => page.getByRole('img', { name: /^Loss curves/ }).locator('canvas');
const loss = (page: Page) => page.getByRole('button', { name: /^Loss of/ }).first();

/** Counts workers, so that a test can say that none was needed. */
const countWorkers = (page: Page) =>
  page.addInitScript(() => {
    const counted = window as unknown as { workers: number };
    counted.workers = 0;
    window.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        counted.workers++;
        // As if it took for ever to start: nothing that is shown can come from it.
        this.postMessage = () => {};
      }
    };
  });

/** Trains for a while, and says where the pause fell: just that is kept. */
async function train(page: Page): Promise<number> {
  await openExample(page, 'ring');
  await play(page);
  await expectIterations(page, 50);
  const iteration = await pause(page);
  await expectCheckpoint(page, iteration);
  return iteration;
}

test('P11: a reload shows samples, metrics and curves of the kept run before any worker answers', async ({
  page,
}) => {
  const iteration = await train(page);
  const before = await pictureOf(samples(page));
  const value = (await loss(page).textContent()) ?? '';
  expect(value).toMatch(/\d/);
  await expect.poll(() => countColoured(samples(page))).toBeGreaterThan(100);

  await countWorkers(page);
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  expect(await readIteration(page)).toBe(iteration);
  await expect.poll(() => countColoured(samples(page))).toBeGreaterThan(100);
  expect(await pictureOf(samples(page))).toBe(before);
  await expect.poll(() => countColoured(chart(page))).toBeGreaterThan(20);
  await expect(loss(page)).toHaveText(value);
});

test('play goes on from the kept run, and its curves with it', async ({ page }) => {
  const iteration = await train(page);
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  await trainTo(page, iteration + 20);
  // The curve still begins at the first iteration: its first third is drawn.
  await expect
    .poll(() =>
      chart(page).evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const pixels = (element as HTMLCanvasElement)
          .getContext('2d')
          ?.getImageData(0, 0, Math.floor(width / 3), height).data;
        let coloured = 0;
        for (let i = 0; pixels && i < pixels.length; i += 4) {
          const rgb = pixels.slice(i, i + 3);
          if (pixels[i + 3] === 255 && Math.max(...rgb) - Math.min(...rgb) > 60) coloured++;
        }
        return coloured;
      }),
    )
    .toBeGreaterThan(10);
});

test('P12: a reset is undone: iteration, weights, curves and samples come back', async ({ page }) => {
  const iteration = await train(page);
  const [weights, picture] = [await checkpointHash(page), await pictureOf(samples(page))];
  const undo = page.getByRole('button', { name: /^Undo the reset/ });
  await expect(undo).toHaveCount(0);

  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect.poll(() => readIteration(page)).toBe(0);
  await expect(undo).toBeVisible();
  await play(page);
  await expectIterations(page, 10);
  await pause(page);

  await undo.click();
  await expect.poll(() => readIteration(page)).toBe(iteration);
  await expectCheckpoint(page, iteration);
  await expect.poll(() => pictureOf(samples(page))).toBe(picture);
  await expect.poll(() => countColoured(chart(page))).toBeGreaterThan(20);
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  expect(await readIteration(page)).toBe(iteration);
  await expect.poll(() => pictureOf(samples(page))).toBe(picture);
  await trainTo(page, iteration + 5);
  expect(weights).toMatch(/^[0-9a-f]{64}$/);
});
