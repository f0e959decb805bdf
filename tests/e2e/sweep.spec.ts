import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { setTarget } from './fixtures/training';

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
