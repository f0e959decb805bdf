import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { openExample, paramRow, select, setParam } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { readIteration, status, trainTo } from './fixtures/training';

/** The list of a document's runs: kept, named, gone on from, deleted. */
const openRuns = (page: Page) =>
  page.getByRole('group', { name: 'Dock' }).getByRole('button', { name: 'Runs' }).click();
const panel = (page: Page) => page.getByRole('region', { name: 'Runs of this document' });
const rows = (page: Page) => panel(page).getByRole('listitem');
const button = (page: Page, name: RegExp) => panel(page).getByRole('button', { name });

/** Two runs of the ring, of 60 and 40 iterations, β₁ of Adam for G another in the second; their list is open. */
async function trainTwice(page: Page): Promise<void> {
  await openExample(page, 'ring');
  await trainTo(page, 60);
  await select(page, 'adam-g');
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect(status(page)).toHaveText('paused');
  await setParam(page, 'beta1', '0.4');
  await trainTo(page, 40);
  await openRuns(page);
  await expect(rows(page)).toHaveCount(2);
}

test('a run that a reset replaced stays in the list, has a name, and is gone on from with its graph', async ({
  page,
}) => {
  await trainTwice(page);
  await expect(rows(page).nth(0)).toContainText('Adam for G: β₁ 0.4');
  await expect(rows(page).nth(1)).toContainText(/60 iterations · seed 1 · .*\d snapshots?/);

  await button(page, /^Rename Run of/).click();
  await panel(page).getByRole('textbox', { name: 'Name' }).fill('As it was');
  await page.keyboard.press('Enter');
  await button(page, /^Note on As it was/).click();
  await panel(page).getByRole('textbox', { name: 'Note' }).fill('eight modes early');
  await page.keyboard.press('Enter');
  // It is listed when it is kept.
  await expect(rows(page).nth(1)).toContainText('eight modes early');
  await page.reload();
  await openRuns(page);
  await expect(rows(page).nth(1)).toContainText('eight modes early');

  await button(page, /^Go on from As it was/).click();
  await expect.poll(() => readIteration(page)).toBe(60);
  await select(page, 'adam-g');
  await expect(paramRow(page, 'beta1').getByRole('textbox').first()).toHaveValue('0.5');
  await expect(rows(page)).toHaveCount(3);

  await button(page, /^Delete As it was/).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “As it was”?' });
  await expect(dialog).toContainText(/1 run that began from it stays, without what came before/);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(panel(page)).not.toContainText('As it was');
});

test('a note on the timeline is kept with its run', async ({ page }) => {
  await openExample(page, 'ring');
  await trainTo(page, 60);
  await page.getByRole('slider', { name: 'Iteration shown' }).press('Home');
  await page.getByRole('button', { name: 'What happened' }).click();
  await page.getByRole('menuitem', { name: 'Note at iteration 0 …' }).click();
  await page.getByRole('textbox', { name: 'Note at iteration 0' }).fill('all in one place');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('past')).toContainText('0: all in one place');
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  // From another run the note comes back with the run that it is of.
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await expect(status(page)).toHaveText('paused');
  await trainTo(page, 30);
  await openRuns(page);
  await button(page, /^Go on from Run of/).click();
  await expect.poll(() => readIteration(page)).toBe(60);
  await page.getByRole('slider', { name: 'Iteration shown' }).press('Home');
  await expect(page.getByTestId('past')).toContainText('0: all in one place');
  await page.getByRole('button', { name: 'Delete the note' }).click();
  await expect(page.getByTestId('past')).not.toContainText('all in one place');
});

test('two runs are compared: curves, samples at the cursor, differences of their graphs', async ({
  page,
}) => {
  await trainTwice(page);
  for (const box of await panel(page)
    .getByRole('checkbox', { name: /^Compare/ })
    .all())
    await box.check();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('img', { name: /^Losses: Run of .*: D, .*β₁ 0\.4: G$/ })).toBeVisible();
  await expect(comparison.getByText('Adam for G: β₁: 0.5 → 0.4')).toBeVisible();
  await expect(comparison.getByRole('img', { name: /^Samples of Run of .*iteration 60$/ })).toBeVisible();
  await page.getByRole('slider', { name: 'Iteration shown' }).press('Home');
  await expect(comparison.getByRole('img', { name: /iteration 0$/ })).toHaveCount(2);
  const save = async (entry: string) => {
    await comparison.getByRole('button', { name: 'Save the compared curves' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: entry }).click(),
    ]);
    return readFileSync(await download.path());
  };
  const lines = (await save('Losses as CSV')).toString('utf8').trim().split('\n');
  expect(lines[0]).toMatch(/^iteration,"?Run of .*: D"?,.*Adam for G: β₁ 0\.4: G$/);
  // One run is shorter than the other.
  expect(lines[1]?.split(',').every((cell) => cell !== '')).toBe(true);
  expect(lines.at(-1)).toMatch(/^\d+(,[\d.]+){2},,$/);
  const png = await save('Picture of the curves (PNG)');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.length).toBeGreaterThan(5_000);

  await comparison.getByRole('combobox', { name: 'What is compared' }).click();
  await page.getByRole('option', { name: 'Modes reached' }).click();
  await expect(comparison.getByRole('img', { name: /^Modes reached: Run of/ })).toBeVisible();
});

test('a pinned run stays among the curves of those that follow, and in the comparison', async ({ page }) => {
  await trainTwice(page);
  await button(page, /^Pin Run of .* to the curves/).click();
  await expect(rows(page).nth(1).getByRole('checkbox')).toBeChecked();
  const dock = page.getByRole('group', { name: 'Dock' });
  await dock.getByRole('button', { name: 'Training' }).click();
  const curves = page.getByRole('img', { name: /^Loss curves of D, G, D · Run of .*, G · Run of .*$/ });
  await expect(curves).toBeVisible();
  await expect(page.getByRole('button', { name: /^Loss of G · Run of / })).toBeVisible();

  // With the run that follows, and after a reload.
  await page.getByRole('button', { name: 'Back to iteration 0' }).click();
  await trainTo(page, 30);
  await expect(curves).toBeVisible();
  await page.reload();
  await expect(curves).toBeVisible();

  await dock.getByRole('button', { name: 'Runs' }).click();
  await panel(page)
    .getByRole('button', { name: /^Pin Run of .* to the curves/, pressed: true })
    .click();
  await dock.getByRole('button', { name: 'Training' }).click();
  await expect(page.getByRole('img', { name: 'Loss curves of D, G', exact: true })).toBeVisible();
});
