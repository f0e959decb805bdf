import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { dragTo } from './fixtures/edit';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { readIteration, setTarget } from './fixtures/training';

/** A sweep of the page: refused or counted before it starts, gone on with after a reload, read as a table. */
const openRuns = (page: Page) =>
  page.getByRole('group', { name: 'Dock' }).getByRole('button', { name: 'Runs' }).click();
const form = (page: Page) => page.getByRole('region', { name: 'New sweep' });
const progress = (page: Page) => page.getByTestId('sweep-progress');

test('a sweep over seeds is timed, started, gone on with after a reload, sorted and saved', async ({
  page,
}) => {
  await openExample(page, 'gan-lab');
  await setTarget(page, 400);
  await openRuns(page);
  await page.getByRole('button', { name: /^Sweep:/ }).click();

  await form(page).getByRole('combobox', { name: 'Of what, 1' }).click();
  await page.getByRole('option', { name: /^SGD for G/ }).click();
  await form(page).getByRole('textbox', { name: 'Values 1' }).fill('0.1, -1');
  await form(page).getByRole('button', { name: 'How long?' }).click();
  await expect(form(page).getByRole('status')).toContainText(/SGD for G: Learning rate = -1: /);

  await form(page).getByRole('combobox', { name: 'Of what, 1' }).click();
  await page.getByRole('option', { name: 'Settings' }).click();
  await form(page).getByRole('textbox', { name: 'Values 1' }).fill('1-4, 2');
  await form(page).getByRole('button', { name: 'How long?' }).click();
  await expect(form(page).getByRole('status')).toContainText(
    '4 runs of 1,600 iterations in all would take about',
  );
  await form(page).getByRole('button', { name: 'Start 4 runs' }).click();
  await expect(progress(page)).toHaveText(/^[1-3] of 4 runs done/, { timeout: 60_000 });
  await page.reload();
  await openRuns(page);
  await expect(progress(page)).toHaveText(/^[1-3] of 4 runs done/);
  await page.getByRole('button', { name: /^Go on with/ }).click();
  await expect(progress(page)).toHaveText('4 of 4 runs done', { timeout: 60_000 });

  const table = page.getByRole('region', { name: 'Results of the sweep' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(5);
  const head = table.getByRole('columnheader', { name: 'Loss of SGD for G' });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await expect(page.getByRole('img', { name: /^Samples with Seed \d$/ })).toHaveCount(4);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'All histories as CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines[0]).toMatch(/^run,Seed,iteration,Loss of SGD for D,Loss of SGD for G/);
  expect(new Set(lines.slice(1).map((line) => line.split(',')[1]))).toEqual(new Set(['1', '2', '3', '4']));
});

/** Two seeds at two rates, of 200 iterations each. */
async function sweepFour(page: Page): Promise<void> {
  await openExample(page, 'gan-lab');
  await setTarget(page, 200);
  await openRuns(page);
  await page.getByRole('button', { name: /^Sweep:/ }).click();
  await form(page).getByRole('textbox', { name: 'Values 1' }).fill('1, 2');
  await form(page).getByRole('button', { name: 'Another parameter' }).click();
  await form(page).getByRole('combobox', { name: 'Of what, 2' }).click();
  await page.getByRole('option', { name: /^SGD for G/ }).click();
  await form(page).getByRole('textbox', { name: 'Values 2' }).fill('0.1, 0.001');
  await form(page).getByRole('button', { name: 'How long?' }).click();
  await form(page).getByRole('button', { name: 'Start 4 runs' }).click();
  await expect(progress(page)).toHaveText('4 of 4 runs done', { timeout: 60_000 });
}

const plot = (page: Page) => page.getByRole('region', { name: 'Parallel coordinates' });
const axis = (page: Page, name: string) => plot(page).getByRole('group', { name });
const rows = (page: Page) => page.getByRole('region', { name: 'Results of the sweep' }).locator('tbody tr');

/** Where a share of an axis is, from the bottom. */
async function placeOn(page: Page, name: string, share: number): Promise<{ x: number; y: number }> {
  await axis(page, name).scrollIntoViewIfNeeded();
  const box = await axis(page, name).boundingBox();
  if (!box) throw new Error(`no axis ${name}`);
  return { x: box.x + box.width / 2, y: box.y + box.height * (1 - share) };
}

const RATE = 'SGD for G: Learning rate, log';

/** Between the axes of seed and rate, on the line from one place to the other, nearer to the rate. */
async function placeOnLine(page: Page, seed: number, rate: number): Promise<{ x: number; y: number }> {
  const [from, to] = [await placeOn(page, 'Seed', seed), await placeOn(page, RATE, rate)];
  return { x: from.x + 0.75 * (to.x - from.x), y: from.y + 0.75 * (to.y - from.y) };
}

test('results stand in parallel coordinates: a line is named, a part of an axis chosen by hand and by keys', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await sweepFour(page);
  await expect(plot(page).getByRole('img')).toHaveAccessibleName(
    /^4 results as lines over Seed, SGD for G: /,
  );
  const point = async () => {
    const { x, y } = await placeOnLine(page, 0, 1);
    await page.mouse.move(x, y, { steps: 4 });
  };
  await point();
  const about = page.getByTestId('plot-about');
  await expect(about).toContainText('Seed 1, SGD for G: Learning rate 0.1');
  await expect(rows(page).and(page.locator('[data-pointed]'))).toContainText('0.1');

  await plot(page).getByRole('combobox', { name: 'Colour by' }).click();
  await page.getByRole('option', { name: 'Loss of SGD for G' }).click();
  await point();
  await expect(about).toContainText(/Loss of SGD for G \d/);

  await dragTo(page, axis(page, 'Seed'), await placeOn(page, 'Seed', 1));
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText('2 of 4 results')).toBeVisible();
  const least = plot(page).getByRole('slider', { name: `${RATE}, at least` });
  await least.press('End');
  await expect(least).toHaveAttribute('aria-valuetext', '0.1');
  await expect(rows(page)).toHaveCount(1);
  // A press on an axis chooses all of it.
  const { x, y } = await placeOn(page, 'Seed', 0.2);
  await page.mouse.click(x, y);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(rows(page)).toHaveCount(4);

  await plot(page).getByRole('button', { name: 'Axes' }).click();
  await page.getByRole('menuitem', { name: 'Seconds' }).click();
  await expect(axis(page, 'Seconds')).toBeVisible();
});

test('a result is opened as a run: compared from the table, gone on from the plot', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await sweepFour(page);
  const table = page.getByRole('region', { name: 'Results of the sweep' });
  for (const name of ['Seed 1, SGD for G: Learning rate 0.1', 'Seed 2, SGD for G: Learning rate 0.001']) {
    const box = table.getByRole('checkbox', { name: `Compare ${name}` });
    await box.click();
    await expect(box).toBeChecked();
  }
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await page.getByRole('button', { name: 'Show the comparison of 2 runs' }).click();
  await expect(comparison).toBeInViewport();
  await expect(
    comparison.getByRole('img', { name: /^Losses: Seed 1, .*: D, .*Seed 2, .*: G$/ }),
  ).toBeVisible();
  await expect(comparison.getByText('SGD for G: Learning rate: 0.1 → 0.001')).toBeVisible();
  await expect(comparison.getByRole('img', { name: /of Seed 1, .*iteration 200$/ })).toBeVisible();

  const { x, y } = await placeOnLine(page, 1, 0);
  await page.mouse.click(x, y);
  const goOn = page.getByTestId('plot-about').getByRole('button', { name: /^Go on from Seed 2, .* 0\.001$/ });
  await goOn.click();
  await expect.poll(() => readIteration(page)).toBe(200);
  await page.getByRole('group', { name: 'Dock' }).getByRole('button', { name: 'Training' }).click();
  await expect(page.getByRole('img', { name: 'Loss curves of D, G' })).toBeVisible();
  await setTarget(page, 230);
  await page.getByTestId('play').click();
  await expect.poll(() => readIteration(page)).toBe(230);
});
