import type { Page } from 'playwright/test';
import { loadScript } from './fixtures/bundle';
import { onCanvas, openExample, readExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, play, readIteration, tell } from './fixtures/training';

/** The page never waits: a node is dragged for 20 s, and tasks over 50 ms are counted. */
const SECONDS = 20;

interface Drag {
  /** Milliseconds of each task over 50 ms. */
  readonly long: readonly number[];
  readonly moves: number;
}

/** Drags a node in circles, by real input events, about 60 times a second. */
async function drag(page: Page, id: string): Promise<Drag> {
  const box = await onCanvas(page, id).boundingBox();
  if (!box) throw new Error(`no card ${id}`);
  const centre = { x: box.x + box.width / 2, y: box.y + 10 };
  await page.mouse.move(centre.x, centre.y);
  await page.mouse.down();
  await page.evaluate(() => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    });
    observer.observe({ type: 'longtask' });
    Object.assign(window, { long });
  });
  const start = performance.now();
  let moves = 0;
  for (let now = start; now < start + 1000 * SECONDS; now = performance.now()) {
    const angle = (now - start) / 400;
    await page.mouse.move(centre.x + 60 * Math.cos(angle) - 60, centre.y + 60 * Math.sin(angle));
    moves++;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 16 - (performance.now() - now))));
  }
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  await page.mouse.up();
  return { long, moves };
}

/** At most one long task more than without training, none over 100 ms, or over what the machine does by itself. */
const isSmooth = ({ long }: Drag, without: Drag): boolean =>
  long.length <= without.long.length + 1 && Math.max(0, ...long) <= Math.max(100, ...without.long);

function report(what: string, { long, moves }: Drag): void {
  tell(
    `${what}: long tasks`,
    long.length,
    `of ${moves} moves, longest ${Math.round(Math.max(0, ...long))} ms`,
  );
}

test('dragging a node is as smooth while DCGAN trains as without; training in the page is not', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openExample(page, 'dcgan-glyphs');
  // The worker warms up a moment after opening; that is not what is measured.
  await page.waitForLoadState('networkidle');
  const without = await drag(page, 'opinion');
  report('without training', without);

  await play(page);
  await expectIterations(page, 3, 60_000);
  const before = await readIteration(page);
  // Other work on the machine comes and goes; what the page itself does would come back every time.
  let training: Drag | undefined;
  for (let attempt = 1; attempt <= 3 && !(training && isSmooth(training, without)); attempt++) {
    training = await drag(page, 'opinion');
    report('with training', training);
  }
  expect(await readIteration(page)).toBeGreaterThan(before + 5);
  await page.getByTestId('play').click();

  await loadScript(page, 'train-here');
  const run = await page.evaluateHandle(
    (document) => window.trainHere(document),
    readExample('dcgan-glyphs') as unknown,
  );
  const control = await drag(page, 'opinion');
  report('control, training in the page', control);
  expect(await run.evaluate((here) => here.iterations())).toBeGreaterThan(0);
  await run.evaluate((here) => here.stop());

  expect(training && isSmooth(training, without)).toBe(true);
  expect(isSmooth(control, without)).toBe(false);
});
