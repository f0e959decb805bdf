import type { Locator, Page } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pill, play, playButton, setTarget, status } from './fixtures/training';

/** The page's workers, kept where the test finds them: they are ended as the browser would, without an event. */
async function keepWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Worker[] = [];
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        kept.push(this);
      }
    };
    Object.assign(window, { endWorkers: () => kept.splice(0).forEach((worker) => void worker.terminate()) });
  });
}

const endWorkers = (page: Page): Promise<void> =>
  page.evaluate(() => (window as unknown as { endWorkers(): void }).endWorkers());

/** The page has fetched what it fetches while it is idle. */
const expectAllFetched = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => performance.getEntriesByName('ganvas-code-ready').length), {
      timeout: 60_000,
    })
    .toBeGreaterThan(0);

const keptIteration = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      0,
      ...Object.entries(localStorage).flatMap(([key, value]) =>
        key.startsWith('ganvas-kept:') ? [Number(value)] : [],
      ),
    ),
  );

/** Lets the page's time pass, which is how long it waits for a sign of life, until the banner shows. */
const expectLoss = (page: Page, banner: Locator) =>
  expect
    .poll(
      async () => {
        await page.clock.runFor(1_000);
        return banner.isVisible();
      },
      { timeout: 60_000, intervals: [10] },
    )
    .toBe(true);

test('a worker that ends without a word while it trains is replaced, and the run goes on', async ({
  page,
}) => {
  test.slow();
  await page.clock.install();
  await keepWorkers(page);
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, 20);
  await expect.poll(() => keptIteration(page), { timeout: 30_000 }).toBeGreaterThan(0);
  await endWorkers(page);
  const banner = page.getByTestId('moved');
  await expectLoss(page, banner);
  await expect(banner).toHaveText(
    /has not answered for \d+ s\. The run went on from iteration \d+ in another one/,
  );
  const from = Number(/from iteration (\d+)/.exec((await banner.textContent()) ?? '')?.[1]);
  expect(from).toBeGreaterThan(0);
  await expectIterations(page, from + 50, 60_000);
  await expect(playButton(page)).toHaveAccessibleName('Pause');
  await playButton(page).click();
  await expect(status(page)).toHaveText('paused');

  // At rest nobody asks it for anything; the next play does.
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner).toBeHidden();
  const paused = await keptIteration(page);
  await endWorkers(page);
  await play(page);
  await expectLoss(page, banner);
  await expectIterations(page, paused + 50, 60_000);
});

test('a run that begins anew loads nothing: it needs no network', async ({ page, context }) => {
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, 20);
  await expectAllFetched(page);
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect(status(page)).toHaveText('paused');
  await play(page);
  await expectIterations(page, 20);
  await expect(pill(page)).toHaveText(/WASM/);
  expect(asked).toEqual([]);
});
