import type { Page } from 'playwright/test';
import { blur, nodeOf } from './fixtures/edit';
import {
  inspector,
  onCanvas,
  openDocument,
  openEditor,
  openExample,
  paramRow,
  readExample,
  savedGraph,
  select,
  setParam,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { smallDocument } from './fixtures/small';
import { expectIterations, play, setTarget } from './fixtures/training';

const way = (page: Page) => page.getByRole('navigation', { name: 'Blocks' });

/** Makes a block of two neighbouring layers with the mouse and names it. */
async function makeStep(page: Page): Promise<void> {
  await select(page, 'd1');
  await onCanvas(page, 'act').click({ position: { x: 20, y: 8 }, modifiers: ['Shift'] });
  await onCanvas(page, 'act').click({ position: { x: 20, y: 8 }, button: 'right' });
  await page.getByRole('menuitem', { name: 'Make a block' }).click();
  await inspector(page).getByRole('textbox', { name: 'Block' }).fill('Step');
  await expect(onCanvas(page, 'block')).toContainText('Step');
  await blur(page);
}

test('a block is made, entered, changed for all its uses and unpacked', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, smallDocument);
  await makeStep(page);
  await onCanvas(page, 'block').click({ position: { x: 20, y: 8 }, button: 'right' });
  await page.getByRole('menuitem', { name: 'Duplicate Shift+D' }).click();
  const made = await savedGraph(page);
  expect(made.blocks.map(({ name }) => name)).toEqual(['Step']);
  expect(made.nodes.filter(({ block }) => block === 'block')).toHaveLength(2);

  await onCanvas(page, 'block').dblclick({ position: { x: 20, y: 8 } });
  await expect(way(page)).toContainText('Step');
  await expect(onCanvas(page, 'd2')).toHaveCount(0);
  await select(page, 'd1');
  await setParam(page, 'units', '5');
  await inspector(page).getByRole('switch', { name: 'Units' }).click();
  await way(page).getByRole('button', { name: 'Leave the block' }).click();
  await expect(onCanvas(page, 'd2')).toBeVisible();

  await select(page, 'block');
  await expect(paramRow(page, 'units').getByRole('textbox')).toHaveValue('5');
  await setParam(page, 'units', '6');
  const set = await savedGraph(page);
  expect(nodeOf(set, 'block').params).toEqual({ units: 6 });
  await blur(page);
  await page.keyboard.press('Control+Shift+g');
  const unpacked = await savedGraph(page);
  expect(nodeOf(unpacked, 'd1').params).toMatchObject({ units: 6 });
  expect(unpacked.wires).toContainEqual(['in.out', 'd1.in']);
});

test('a block kept in My blocks is in the palette of another graph', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, smallDocument);
  await makeStep(page);
  await onCanvas(page, 'block').click({ position: { x: 20, y: 8 }, button: 'right' });
  await page.getByRole('menuitem', { name: 'Keep in My blocks' }).click();
  await openDocument(page, { ...smallDocument, title: 'Another' });
  await select(page, 'loose');
  const entry = page.getByRole('navigation', { name: 'Palette' }).getByRole('option', { name: 'Step' });
  await entry.scrollIntoViewIfNeeded();
  await entry.click();
  const after = await savedGraph(page);
  expect(after.blocks.map(({ name }) => name)).toEqual(['Step']);
  expect(after.nodes.filter(({ block }) => block !== undefined)).toMatchObject([{ network: 'N' }]);
});

test('a game that stands in a block trains, and shows its samples inside', async ({ page }) => {
  await openExample(page, 'ring');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+g');
  await page.keyboard.press('i');
  await expect(way(page)).toContainText('Block');
  const { nodes } = readExample('ring');
  const view = nodes.find(({ kind }) => kind === 'view-samples')?.id ?? '';
  await setTarget(page, 40);
  await play(page);
  await expectIterations(page, 40);
  const canvas = onCanvas(page, view).locator('canvas');
  await expect
    .poll(() => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL().length))
    .toBeGreaterThan(2_000);
});
