import { dragTo, middleOf, port } from './fixtures/edit';
import { onCanvas, openDocument, openEditor, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';

/** A network of a dense layer that nothing is wired to, called with images. */
const unwired = {
  format: 'ganvas',
  version: 1,
  title: 'Images into a dense layer',
  settings: {},
  networks: [{ id: 'N', name: 'Reader', color: 'blue', at: [0, 160], size: [620, 150] }],
  nodes: [
    { id: 'z', kind: 'latent', at: [0, 0], params: { shape: [4, 4, 2] } },
    { id: 'call', kind: 'call', at: [200, 0], params: { network: 'N' } },
    { id: 'in', kind: 'network-input', network: 'N', at: [20, 60], params: { name: 'x' } },
    { id: 'layer', kind: 'dense', network: 'N', at: [300, 60] },
    { id: 'out', kind: 'network-output', network: 'N', at: [480, 60], params: { name: 'y' } },
  ],
  wires: [
    ['z.out', 'call.x'],
    ['layer.out', 'out.in'],
  ],
};

test('a wire that does not fit is offered what fixes it, where it was let go', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, unwired);
  await expect(onCanvas(page, 'layer')).toBeInViewport();
  await dragTo(page, port(page, 'in', 'out', 'output'), await middleOf(port(page, 'layer', 'in', 'input')));
  const menu = page.getByRole('menu', { name: 'Fix the wire' });
  await expect(menu).toContainText('Dense');
  await menu.getByRole('menuitem', { name: 'Insert flatten' }).press('Enter');
  await expect(menu).toBeHidden();
  expect((await savedGraph(page)).nodes.map(({ kind }) => kind)).toContain('flatten');
  await page.keyboard.press('Control+z');
  const undone = await savedGraph(page);
  expect(undone.nodes.map(({ kind }) => kind)).not.toContain('flatten');
  expect(undone.wires).toContainEqual(['in.out', 'layer.in']);
});

test('wires and frames have menus of their own', async ({ page }) => {
  await openEditor(page);
  await openDocument(page, unwired);
  await expect(onCanvas(page, 'layer')).toBeInViewport();
  const from = await middleOf(port(page, 'layer', 'out', 'output'));
  const to = await middleOf(port(page, 'out', 'in', 'input'));
  const at = [(from.x + to.x) / 2, (from.y + to.y) / 2] as const;
  await page.mouse.click(...at, { button: 'right' });
  await page
    .getByRole('menu', { name: 'Wire' })
    .getByRole('menuitem', { name: 'Insert a node here' })
    .click();
  await page.getByRole('combobox', { name: 'Add a node' }).fill('leaky');
  await page.keyboard.press('Enter');
  const added = await savedGraph(page);
  const leaky = added.nodes.find(({ kind }) => kind === 'leaky-relu')?.id;
  expect(added.wires).toContainEqual(['layer.out', `${leaky}.in`]);
  expect(added.wires).toContainEqual([`${leaky}.out`, 'out.in']);
  await onCanvas(page, 'N')
    .locator('.frame-header')
    .click({ button: 'right', position: { x: 120, y: 8 } });
  const frame = page.getByRole('menu', { name: 'Network' });
  await expect(frame.getByRole('menuitem')).toHaveText([
    /Rename/,
    /Fold/,
    /Add a layer/,
    /Copy/,
    /Duplicate/,
    /Delete the network/,
  ]);
  await frame.getByRole('menuitem', { name: 'Fold' }).click();
  expect((await savedGraph(page)).networks[0]?.collapsed).toBe(true);
});
