import { addedNode, expectReversible, nodeOf } from './fixtures/edit';
import {
  inspector,
  onCanvas,
  openDocument,
  openEditor,
  paramRow,
  savedGraph,
  select,
  setParam,
  withParams,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { smallDocument } from './fixtures/small';

test.beforeEach(async ({ page }) => {
  await openEditor(page);
  await openDocument(page, smallDocument);
});

test('a node shows its formula, its source and its limits', async ({ page }) => {
  await select(page, 'd1');
  await expect(inspector(page).locator('.katex').first()).toBeVisible();
  await select(page, 'adam');
  await expect(inspector(page).getByRole('link', { name: /Kingma/ })).toHaveAttribute('href', /^https:\/\//);
});

test('a number out of its limits shows them and is not taken', async ({ page }) => {
  await select(page, 'd1');
  const units = paramRow(page, 'units').getByRole('textbox');
  for (const wrong of ['0', '20000', '2.5', 'many', '']) {
    await units.fill(wrong);
    await expect(paramRow(page, 'units').getByRole('alert')).toContainText('1 … 16,384');
    await expect(units).toHaveAttribute('aria-invalid', 'true');
    await units.blur();
    await expect(units).toHaveValue('8');
  }
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled();
  expect(nodeOf(await savedGraph(page), 'd1').params).toEqual({ units: 8 });
  const after = await expectReversible(page, () => setParam(page, 'units', '16'));
  expect(nodeOf(after, 'd1').params).toEqual({ units: 16 });
});

test('typing is one step of the history', async ({ page }) => {
  await select(page, 'd1');
  const units = paramRow(page, 'units').getByRole('textbox');
  await units.fill('');
  await units.pressSequentially('128');
  await units.press('Enter');
  await units.blur();
  await page.keyboard.press('Control+z');
  expect(nodeOf(await savedGraph(page), 'd1').params).toEqual({ units: 8 });
});

test('a number is taken on Enter or when its box is left; Escape gives the last one back', async ({
  page,
}) => {
  await select(page, 'd1');
  const units = paramRow(page, 'units').getByRole('textbox');
  const saved = async () => nodeOf(await savedGraph(page), 'd1').params;
  // On its way through 1 and 1e4, and too large in the end.
  await units.fill('');
  await units.pressSequentially('1e6');
  expect(await saved()).toEqual({ units: 8 });
  await units.press('Enter');
  await expect(paramRow(page, 'units').getByRole('alert')).toContainText('1 … 16,384');
  await units.blur();
  await expect(units).toHaveValue('8');
  expect(await saved()).toEqual({ units: 8 });
  await units.fill('64');
  await units.press('Escape');
  await expect(units).toHaveValue('8');
  await units.fill('2^6');
  await units.blur();
  await expect(units).toHaveValue('64');
  expect(await saved()).toEqual({ units: 64 });
  // With nothing typed since, undo is the document's.
  await units.fill('32');
  await units.press('Enter');
  await expect.poll(saved).toEqual({ units: 32 });
  await units.press('Control+z');
  await expect(units).toHaveValue('64');
  expect(await saved()).toEqual({ units: 64 });
  // The press that leaves the box may take it away.
  await units.fill('1k');
  await select(page, 'd2');
  expect(await saved()).toEqual({ units: 1000 });
});

test('a rate gets a schedule', async ({ page }) => {
  await select(page, 'adam');
  await page.getByRole('combobox', { name: 'Learning rate, schedule' }).click();
  await page.getByRole('option', { name: 'Cosine' }).click();
  const to = page.getByRole('textbox', { name: 'Learning rate, to' });
  await to.fill('0.00003');
  await to.press('Enter');
  const end = page.getByRole('textbox', { name: 'Learning rate, end' });
  await end.fill('2');
  await expect(paramRow(page, 'learningRate').getByRole('alert')).toContainText('0 … 1');
  await end.fill('0.5');
  await end.press('Enter');
  expect(nodeOf(await savedGraph(page), 'adam').params?.learningRate).toMatchObject({
    curve: 'cosine',
    to: 0.00003,
    end: 0.5,
  });
  await page.getByRole('combobox', { name: 'Learning rate, schedule' }).click();
  await page.getByRole('option', { name: 'Fixed' }).click();
  await expect(to).toBeHidden();
});

test('an option of a data source out of its range shows the range and is not taken', async ({ page }) => {
  await select(page, 'data');
  const modes = paramRow(page, 'modes').getByRole('textbox');
  const before = await modes.inputValue();
  await modes.fill('100000');
  await expect(paramRow(page, 'modes').getByRole('alert')).toContainText(/\d+ … [\d,]+/);
  await modes.blur();
  await expect(modes).toHaveValue(before);
});

test('a document whose option is out of range opens, and says where and what is allowed', async ({
  page,
}) => {
  await openDocument(page, {
    ...withParams(smallDocument, 'data', { source: 'ring', options: { modes: 100_000 } }),
    title: 'Too many modes',
  });
  await page
    .getByRole('group', { name: 'Dock' })
    .getByRole('button', { name: /Problems/ })
    .click();
  const problem = page.getByRole('listitem').filter({ hasText: /modes/ }).first();
  await expect(problem).toContainText(/\d/);
  await select(page, 'data');
  await expect(paramRow(page, 'modes').getByRole('alert')).toContainText(/\d+ … [\d,]+/);
});

test('a note is written in Markdown', async ({ page }) => {
  const before = await savedGraph(page);
  await page
    .getByRole('navigation', { name: 'Palette' })
    .getByRole('option', { name: 'Note', exact: true })
    .click();
  const added = addedNode(before, await savedGraph(page));
  const text = inspector(page).getByRole('textbox').first();
  await text.fill('A **bold** word and <script>alert(1)</script>');
  await text.blur();
  await expect(onCanvas(page, added.id).locator('strong')).toHaveText('bold');
  await expect(onCanvas(page, added.id).locator('script')).toHaveCount(0);
  const saved = nodeOf(await savedGraph(page), added.id);
  expect(Object.values(saved.params ?? {})).toContain('A **bold** word and <script>alert(1)</script>');
});

test('a node is renamed', async ({ page }) => {
  await select(page, 'd1');
  const after = await expectReversible(page, async () => {
    await inspector(page).getByRole('textbox', { name: 'Title' }).fill('First layer');
    await page.keyboard.press('Enter');
  });
  expect(nodeOf(after, 'd1').title).toBe('First layer');
  await expect(onCanvas(page, 'd1')).toContainText('First layer');
});

test('light and dark, kept over a reload', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Light theme' })).toBeVisible();
  expect(await background()).toBe(dark);
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect.poll(background).toBe(light);
});
