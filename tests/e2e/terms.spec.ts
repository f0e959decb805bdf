import { expectReversible, nodeOf, port } from './fixtures/edit';
import {
  inspector,
  onCanvas,
  openDocument,
  openEditor,
  paramRow,
  readExample,
  savedGraph,
  select,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';

/** The ring, D's loss by way of a sum. */
function summed() {
  const ring = readExample('ring');
  return {
    ...ring,
    nodes: [
      ...ring.nodes,
      { id: 'sum', kind: 'weighted-sum', at: [560, -120], params: { terms: { gan: 1, cycle: 10 } } },
    ],
    wires: [
      ...ring.wires.filter(([, to]) => to !== 'adam-d.loss'),
      ['loss.d', 'sum.gan'],
      ['loss.g', 'sum.cycle'],
      ['sum.out', 'adam-d.loss'],
    ],
  };
}

test.beforeEach(async ({ page }) => {
  await openEditor(page);
  await openDocument(page, summed());
  await expect(onCanvas(page, 'sum')).toBeInViewport();
  await select(page, 'sum');
});

const nameBox = (page: Parameters<typeof inspector>[0], name: string) =>
  inspector(page).getByRole('textbox', { name: `Name of ${name}` });

test('a term is renamed, its wire and its place stay', async ({ page }) => {
  const after = await expectReversible(page, async () => {
    await nameBox(page, 'gan').fill('objective');
    await nameBox(page, 'gan').press('Enter');
  });
  expect(Object.keys(nodeOf(after, 'sum').params?.terms ?? {})).toEqual(['objective', 'cycle']);
  expect(after.wires).toContainEqual(['loss.d', 'sum.objective']);
  await expect(port(page, 'sum', 'objective', 'input')).toBeAttached();
});

test('a name that is taken or is no name says so and changes nothing', async ({ page }) => {
  const before = await savedGraph(page);
  for (const [name, fault] of [
    ['cycle', 'There is a term cycle already.'],
    ['two words', 'Letters, digits'],
    ['', 'Letters, digits'],
  ] as const) {
    await nameBox(page, 'gan').fill(name);
    await expect(paramRow(page, 'terms').getByRole('alert')).toContainText(fault);
    await nameBox(page, 'gan').press('Escape');
    await expect(nameBox(page, 'gan')).toHaveValue('gan');
  }
  expect(await savedGraph(page)).toEqual(before);
});

test('a term is added, and what is typed next is its name', async ({ page }) => {
  await inspector(page).getByRole('button', { name: 'Add a term' }).click();
  await expect(nameBox(page, 'term')).toBeFocused();
  await page.keyboard.type('penalty');
  await page.keyboard.press('Enter');
  expect(nodeOf(await savedGraph(page), 'sum').params?.terms).toEqual({ gan: 1, cycle: 10, penalty: 1 });
  await expect(port(page, 'sum', 'penalty', 'input')).toBeAttached();
});

test('a weight is a number or a ramp', async ({ page }) => {
  const weight = inspector(page).getByRole('textbox', { name: 'Weight of cycle', exact: true });
  await weight.fill('2.5');
  await weight.press('Enter');
  await page.getByRole('combobox', { name: 'Weight of cycle, schedule' }).click();
  await page.getByRole('option', { name: 'Cosine' }).click();
  expect(nodeOf(await savedGraph(page), 'sum').params?.terms).toMatchObject({
    gan: 1,
    cycle: { from: 2.5, curve: 'cosine' },
  });
});

test('a term goes with its wire', async ({ page }) => {
  const after = await expectReversible(page, () =>
    inspector(page).getByRole('button', { name: 'Remove cycle' }).click(),
  );
  expect(nodeOf(after, 'sum').params?.terms).toEqual({ gan: 1 });
  expect(after.wires.filter(([, to]) => to.startsWith('sum.'))).toEqual([['loss.d', 'sum.gan']]);
});
