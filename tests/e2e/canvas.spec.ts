import {
  addedNode,
  blur,
  boxOf,
  dragBy,
  dragTo,
  expectReversible,
  middleOf,
  nodeOf,
  paletteEntry,
  port,
} from './fixtures/edit';
import {
  expectInspected,
  inspector,
  onCanvas,
  openDocument,
  openEditor,
  savedGraph,
  select,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { smallDocument } from './fixtures/small';

test.beforeEach(async ({ page }) => {
  await openEditor(page);
  await openDocument(page, smallDocument);
  await expect(onCanvas(page, 'out')).toBeInViewport();
});

test('an entry of the palette is dragged into a network', async ({ page }) => {
  const before = await savedGraph(page);
  const frame = await boxOf(onCanvas(page, 'N'));
  const entry = paletteEntry(page, 'ReLU');
  const after = await expectReversible(page, () =>
    dragTo(page, entry, { x: frame.x + 560, y: frame.y + 170 }),
  );
  expect(addedNode(before, after)).toMatchObject({ kind: 'relu', network: 'N' });
});

test('a layer that is dropped outside a network is offered one', async ({ page }) => {
  const before = await savedGraph(page);
  const adam = await boxOf(onCanvas(page, 'adam'));
  await dragTo(page, paletteEntry(page, 'Dense'), { x: adam.x, y: adam.y - 60 });
  await page.getByRole('button', { name: 'Make a network' }).click();
  const after = await savedGraph(page);
  expect(after.networks).toHaveLength(2);
  expect(addedNode(before, after)).toMatchObject({ kind: 'dense', network: after.networks[1]?.id });
});

test('a node is inserted by keys after the selected one and wired to it', async ({ page }) => {
  const before = await savedGraph(page);
  await select(page, 'tail');
  const after = await expectReversible(page, async () => {
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Add a node' }).fill('leaky');
    await page.keyboard.press('Enter');
  });
  const added = addedNode(before, after);
  expect(added).toMatchObject({ kind: 'leaky-relu', network: 'N' });
  expect(after.wires).toContainEqual(['tail.out', `${added.id}.in`]);
});

test('the palette is searched by title and by other names', async ({ page }) => {
  const palette = page.getByRole('navigation', { name: 'Palette' });
  const search = palette.getByRole('combobox');
  await search.fill('heavy ball');
  await expect(palette.getByRole('option')).toHaveText(['SGD']);
  await search.fill('no such thing');
  await expect(palette.getByText('No matching kind.')).toBeVisible();
  await search.press('Escape');
  await expect(palette.getByRole('option', { name: 'Adam', exact: true })).toBeVisible();
});

test('a wire is drawn by mouse', async ({ page }) => {
  const after = await expectReversible(page, async () =>
    dragTo(page, port(page, 'data', 'x', 'output'), await middleOf(port(page, 'call', 'x', 'input'))),
  );
  expect(after.wires).toContainEqual(['data.x', 'call.x']);
});

test('a wire of a wrong shape is red and says why, with numbers', async ({ page }) => {
  await dragTo(page, port(page, 'z', 'out', 'output'), await middleOf(port(page, 'call', 'x', 'input')));
  expect((await savedGraph(page)).wires).toContainEqual(['z.out', 'call.x']);
  const wire = page.locator('.react-flow__edge[data-id="z.out→call.x"]');
  const right = page.locator('.react-flow__edge[data-id="in.out→d1.in"]');
  await expect(wire).toHaveAccessibleName(/^Wire from Latent.*, out to .*, x, \[3\], .*2/);
  const strokeOf = (of: typeof wire) =>
    of.locator('.react-flow__edge-path').evaluate((path) => getComputedStyle(path).stroke);
  await expect.poll(() => strokeOf(wire)).not.toBe(await strokeOf(right));
  const [red = 0, green = 0, blue = 0] = (await strokeOf(wire)).match(/\d+/g)?.map(Number) ?? [];
  expect(red).toBeGreaterThan(1.3 * Math.max(green, blue));
  await wire.focus();
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toContainText(/\[?3\]?.*\[?2\]?|\[?2\]?.*\[?3\]?/s);
  await page
    .getByRole('group', { name: 'Dock' })
    .getByRole('button', { name: /Problems/ })
    .click();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: /\b3\b.*\b2\b|\b2\b.*\b3\b/ })
      .first(),
  ).toBeVisible();
});

test('a wire that means nothing is not drawn', async ({ page }) => {
  const before = await savedGraph(page);
  await dragTo(page, port(page, 'data', 'x', 'output'), await middleOf(port(page, 'adam', 'loss', 'input')));
  await page.keyboard.press('Escape');
  expect((await savedGraph(page)).wires).toEqual(before.wires);
});

test('a wire is led through a point, which is dragged and deleted', async ({ page }) => {
  const [from, to] = [
    await middleOf(port(page, 'data', 'x', 'output')),
    await middleOf(port(page, 'again', 'x', 'input')),
  ];
  const wire = ({ wires }: Awaited<ReturnType<typeof savedGraph>>) => wires.find(([end]) => end === 'data.x');
  const curve = await page.evaluate(
    ([left, top, right]) => {
      for (let y = (top ?? 0) - 80; y < (top ?? 0) + 80; y++)
        if (document.elementFromPoint(((left ?? 0) + (right ?? 0)) / 2, y)?.closest('.react-flow__edge'))
          return y + 6;
      return undefined;
    },
    [from.x, from.y, to.x],
  );
  if (curve === undefined) throw new Error('no wire there');
  const led = await expectReversible(page, () => page.mouse.dblclick((from.x + to.x) / 2, curve));
  expect(wire(led)?.[2]?.via).toHaveLength(1);
  const point = page.getByRole('button', { name: 'Point 1 of the wire' });
  await page.locator('.react-flow__edge[data-id="data.x→again.x"]').focus();
  await page.keyboard.press('Enter');
  const dragged = await expectReversible(page, () => dragBy(page, point, 10, -60));
  expect(wire(dragged)?.[2]?.via[0]?.[1]).toBeLessThan(wire(led)?.[2]?.via[0]?.[1] ?? 0);
  const plain = await expectReversible(page, async () => {
    await point.focus();
    await page.keyboard.press('Delete');
  });
  expect(wire(plain)).toEqual(['data.x', 'again.x']);
});

test('copy and paste, duplicate, delete', async ({ page }) => {
  const before = await savedGraph(page);
  await select(page, 'd1');
  const pasted = await expectReversible(page, async () => {
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
  });
  expect(addedNode(before, pasted)).toMatchObject({ kind: 'dense', params: { units: 8 } });
  await select(page, 'd2');
  const doubled = await expectReversible(page, () => page.keyboard.press('Shift+D'));
  expect(addedNode(pasted, doubled)).toMatchObject({ kind: 'dense', params: { units: 1 } });
  await select(page, 'call');
  const deleted = await expectReversible(page, () => page.keyboard.press('Delete'));
  expect(deleted.nodes.map(({ id }) => id)).not.toContain('call');
});

test('deleting a node in the middle joins its ends', async ({ page }) => {
  await select(page, 'act');
  const after = await expectReversible(page, () => page.keyboard.press('Delete'));
  expect(after.wires).toContainEqual(['d1.out', 'd2.in']);
  expect(after.wires).toHaveLength(smallDocument.wires.length - 1);
});

test('a node that is dropped on a wire is inserted there', async ({ page }) => {
  const from = await middleOf(port(page, 'act', 'out', 'output'));
  const to = await middleOf(port(page, 'd2', 'in', 'input'));
  const after = await expectReversible(page, () =>
    dragTo(page, onCanvas(page, 'loose'), { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }),
  );
  expect(after.wires).toContainEqual(['act.out', 'loose.in']);
  expect(after.wires).toContainEqual(['loose.out', 'd2.in']);
  expect(after.wires).not.toContainEqual(['act.out', 'd2.in']);
});

test('an entry of the palette that is dropped on a wire is inserted there', async ({ page }) => {
  const before = await savedGraph(page);
  const from = await middleOf(port(page, 'act', 'out', 'output'));
  const to = await middleOf(port(page, 'd2', 'in', 'input'));
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const after = await expectReversible(page, () => dragTo(page, paletteEntry(page, 'Tanh'), middle));
  const added = addedNode(before, after);
  expect(after.wires).toContainEqual(['act.out', `${added.id}.in`]);
  expect(after.wires).toContainEqual([`${added.id}.out`, 'd2.in']);
});

test('a frame grows for a layer dragged past its edge; with Control it is let out, and back in', async ({
  page,
}) => {
  const grown = await expectReversible(page, () => dragBy(page, onCanvas(page, 'loose'), 60, -240));
  expect(nodeOf(grown, 'loose')).toMatchObject({ network: 'N' });
  expect(grown.networks[0]?.size[1]).toBeGreaterThan(smallDocument.networks[0]?.size[1] ?? 0);
  await page.keyboard.press('Control+z');
  const dragOut = async (dx: number, dy: number) => {
    await page.keyboard.down('Control');
    await dragBy(page, onCanvas(page, 'loose'), dx, dy);
    await page.keyboard.up('Control');
  };
  const out = await expectReversible(page, () => dragOut(60, -240));
  expect(nodeOf(out, 'loose').network).toBeUndefined();
  const back = await expectReversible(page, () => dragBy(page, onCanvas(page, 'loose'), -60, 240));
  expect(nodeOf(back, 'loose').network).toBe('N');
});

test('a network is collapsed, expanded and renamed', async ({ page }) => {
  const collapsed = await expectReversible(page, () =>
    page.getByRole('button', { name: 'Collapse Net' }).click(),
  );
  expect(collapsed.networks[0]).toMatchObject({ collapsed: true });
  await expect(onCanvas(page, 'd1')).toBeHidden();
  await page.getByRole('button', { name: 'Expand Net' }).click();
  await expect(onCanvas(page, 'd1')).toBeVisible();
  const renamed = await expectReversible(page, async () => {
    await onCanvas(page, 'N').getByRole('button', { name: 'Net', exact: true }).dblclick();
    await page.getByRole('textbox', { name: 'Name of the network' }).fill('Critic');
    await page.keyboard.press('Enter');
  });
  expect(renamed.networks[0]).toMatchObject({ name: 'Critic' });
});

test('nodes are bypassed, muted and activated by keys', async ({ page }) => {
  await select(page, 'act');
  expect(nodeOf(await expectReversible(page, () => page.keyboard.press('b')), 'act').state).toBe('bypassed');
  await page.keyboard.press('b');
  expect(nodeOf(await savedGraph(page), 'act').state).toBeUndefined();
  await select(page, 'adam');
  expect(nodeOf(await expectReversible(page, () => page.keyboard.press('m')), 'adam').state).toBe('muted');
});

test('without a mouse: choose a node, read it, wire it, delete it', async ({ page }) => {
  const card = page.locator('.react-flow__node[data-id="data"]');
  await blur(page);
  for (let i = 0; i < 60 && !(await card.evaluate((element) => element === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await expect(card).toBeFocused();
  await page.keyboard.press('Enter');
  await expectInspected(page, 'data');
  await expect(inspector(page).locator(':focus')).toHaveCount(1);

  await card.focus();
  for (
    let i = 0;
    i < 5 &&
    !(await port(page, 'data', 'x', 'output').evaluate((element) => element === document.activeElement));
    i++
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Wire (x of )?Dataset to$/ });
  await dialog.getByRole('combobox').fill('call');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect((await savedGraph(page)).wires).toContainEqual(['data.x', 'call.x']);

  await card.focus();
  await page.keyboard.press('ArrowRight');
  expect(nodeOf(await savedGraph(page), 'data').at).toEqual([5, 40]);
  await page.keyboard.press('Delete');
  await expect(card).toBeHidden();
});
