import type { Page } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import {
  checkpointValues,
  expectCheckpoint,
  expectIterations,
  pause,
  play,
  playButton,
  readIteration,
  setTarget,
  status,
} from './fixtures/training';

/**
 * What happens to a page that trains, and what is left of the run: the table in docs/snapshots.md. A lost device is in
 * device-loss.spec.ts, a lost worker in worker-loss.spec.ts, cleared and closed storage of documents in
 * storage.spec.ts.
 */
const HOUR = 3_600_000;

async function train(page: Page, iterations = 20): Promise<void> {
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, iterations);
}

/** What was trained is kept, and a reload goes on from there. */
async function expectNothingLost(page: Page): Promise<void> {
  const reached = await pause(page);
  await expectCheckpoint(page, reached);
  expect(await checkpointValues(page)).toEqual({ iteration: reached, finite: true, nonZero: true });
  await expect(page.getByTestId('snapshot-problem')).toBeHidden();
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  expect(await readIteration(page)).toBe(reached);
  await play(page);
  await expectIterations(page, reached + 20);
}

/** The page says that nobody sees it, or that somebody does. */
const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    const state = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

test('storage that is full is said with what a reload would lose, and training goes on', async ({
  page,
  context,
}) => {
  await train(page);
  const before = await pause(page);
  await expectCheckpoint(page, before);
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await play(page);
  const said = page.getByTestId('not-kept');
  // The browser looks at how much is left now and then only.
  await expect(said).toContainText('(its storage is full)', { timeout: 60_000 });
  await expect(page.getByTestId('snapshot-problem')).toContainText('Training goes on', { timeout: 60_000 });
  const kept = Number(/iteration ([\d,]+)/.exec((await said.textContent()) ?? '')?.[1]?.replace(',', ''));
  expect(kept).toBeGreaterThanOrEqual(before);
  await expectIterations(page, (await readIteration(page)) + 20);
  const reached = await pause(page);
  expect(kept).toBeLessThan(reached);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await play(page);
  await expectIterations(page, reached + 20);
  await expectNothingLost(page);
  await expect(said).toBeHidden();
});

test('IndexedDB that is closed under the worker is opened again', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const [worker] = page.workers();
  if (!worker) throw new Error('no worker');
  await worker.evaluate(() => {
    const connections: IDBDatabase[] = [];
    Object.assign(globalThis, { connections });
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    };
  });
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, 20);
  await expectCheckpointBeyond(page, 0);
  const closed = await worker.evaluate(() => {
    const { connections } = globalThis as unknown as { connections: IDBDatabase[] };
    for (const connection of connections) connection.close();
    return connections.length;
  });
  expect(closed).toBeGreaterThan(1);
  await expectIterations(page, (await readIteration(page)) + 20);
  await expectNothingLost(page);
});

const expectCheckpointBeyond = (page: Page, iteration: number) =>
  expect
    .poll(async () => (await checkpointValues(page)).iteration, { timeout: 30_000 })
    .toBeGreaterThan(iteration);

test('a clock that jumps a year back and a day ahead changes nothing', async ({ page }) => {
  await train(page);
  await expectCheckpointBeyond(page, 0);
  const shift = (milliseconds: number) => {
    const { now } = Date;
    Date.now = () => now() + milliseconds;
  };
  for (const milliseconds of [-365 * 24 * HOUR, 366 * 24 * HOUR]) {
    await page.evaluate(shift, milliseconds);
    for (const worker of page.workers()) await worker.evaluate(shift, milliseconds);
    const at = await readIteration(page);
    await expectIterations(page, at + 20);
    const reached = await pause(page);
    await expectCheckpoint(page, reached);
    expect((await checkpointValues(page)).iteration).toBe(reached);
    await play(page);
  }
  await expectNothingLost(page);
});

test('a tab that is hidden for an hour, its timers throttled, trains on', async ({ page }) => {
  await page.clock.install();
  await train(page);
  await setHidden(page, true);
  const hidden = await readIteration(page);
  // Timers that are due fire once, late, as in a throttled tab.
  for (let minute = 0; minute < 60; minute++) await page.clock.fastForward(60_000);
  await expectIterations(page, hidden + 50);
  await setHidden(page, false);
  await expect(page.getByTestId('moved')).toBeHidden();
  await expect(playButton(page)).toHaveAccessibleName('Pause');
  await expectNothingLost(page);
});

test('a page that is frozen, as under a closed lid, goes on where it stood', async ({ page, context }) => {
  await page.clock.install();
  await train(page);
  await expectCheckpointBeyond(page, 0);
  await setHidden(page, true);
  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  // The machine slept for hours, by its clock.
  await page.clock.fastForward(8 * HOUR);
  await setHidden(page, false);
  await expectIterations(page, (await readIteration(page)) + 50);
  await expect(page.getByTestId('moved')).toBeHidden();
  await expect(playButton(page)).toHaveAccessibleName('Pause');
  await expectNothingLost(page);
});
