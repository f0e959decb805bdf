import type { Page } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pause, play } from './fixtures/training';

/** What moves on the page by itself for longer than an eye would notice, over a second of training. */
const moving = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const seen = new Set<string>();
    for (let look = 0; look < 20; look++) {
      for (const animation of document.getAnimations()) {
        const { effect } = animation;
        const lasts = Number(effect?.getComputedTiming().duration ?? 0);
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        if (animation.playState === 'running' && lasts > 10) seen.add(`${target?.className} ${lasts}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return [...seen];
  });

test('nothing moves by itself where reduced motion is asked for, training and slow motion included', async ({
  page,
}) => {
  await openExample(page, 'ring');
  await play(page);
  await expectIterations(page, 10);
  // As a control: wires glow where it is not.
  await expect.poll(() => moving(page)).not.toEqual([]);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => moving(page)).toEqual([]);
  await pause(page);
  await page.keyboard.press('w');
  const bar = page.getByRole('region', { name: 'Slow motion' });
  await bar.getByRole('button', { name: /^Next/ }).click();
  await expect(bar.getByRole('status')).toContainText('1 of 10');
  expect(await moving(page)).toEqual([]);
});

test('at 200 % zoom of a laptop nothing is cut off: the page does not scroll sideways, and all is in reach', async ({
  page,
}) => {
  // 1280 x 720 at 200 %.
  await page.setViewportSize({ width: 640, height: 360 });
  await openExample(page, 'ring');
  await play(page);
  await expectIterations(page, 10);
  await pause(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(640);
  for (const control of [
    page.getByTestId('play'),
    page.getByRole('slider', { name: 'Iteration shown' }),
    page.getByRole('button', { name: 'Share' }),
    page.getByRole('combobox', { name: 'Which curves' }),
    page.getByRole('button', { name: 'Save curves' }),
    page.getByRole('combobox', { name: 'View shown' }),
  ]) {
    await control.scrollIntoViewIfNeeded();
    await expect(control).toBeInViewport({ ratio: 1 });
  }
  // Controls of one panel stay in it.
  const panel = await page.getByRole('region', { name: 'Losses' }).boundingBox();
  const save = await page.getByRole('button', { name: 'Save curves' }).boundingBox();
  expect((save?.x ?? 0) + (save?.width ?? 0)).toBeLessThanOrEqual((panel?.x ?? 0) + (panel?.width ?? 0));
  expect(await page.locator('.react-flow').evaluate((element) => element.clientHeight)).toBeGreaterThan(80);
});
