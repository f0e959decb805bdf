import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import {
  dropFile,
  expectKept,
  inspector,
  onCanvas,
  openDocument,
  openEditor,
  openExample,
  readExample,
  savedGraph,
  select,
  titleField,
} from './fixtures/editor';
import { expect, test } from './fixtures/page';

async function rename(page: Page, title: string): Promise<void> {
  await titleField(page).fill(title);
  await titleField(page).press('Enter');
}

const fileMenu = (page: Page) => page.getByRole('button', { name: 'File', exact: true });

/** The titles in the list of documents that the browser keeps. */
async function openRecent(page: Page): Promise<void> {
  await fileMenu(page).click();
  await page.getByRole('menuitem', { name: 'Recent' }).press('ArrowRight');
}

test('an edited document is back after a reload', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'My game');
  await select(page, 'surface');
  await page.keyboard.press('Delete');
  await expect(onCanvas(page, 'surface')).toBeHidden();
  await expectKept(page);
  const before = await savedGraph(page);
  await page.reload();
  await expect(titleField(page)).toHaveValue('My game');
  await expect(onCanvas(page, 'surface')).toBeHidden();
  expect(await savedGraph(page)).toEqual(before);
});

const undo = (page: Page) => page.getByRole('button', { name: /^Undo: |^Nothing to undo/ });
const redo = (page: Page) => page.getByRole('button', { name: /^Redo: |^Nothing to redo/ });

for (const when of ['once it is kept', 'at once'] as const)
  test(`undo and redo survive a reload ${when}`, async ({ page }) => {
    await openExample(page, 'gan-lab');
    const original = await savedGraph(page);
    await expectKept(page);
    await rename(page, 'My game');
    await select(page, 'surface');
    await page.keyboard.press('Delete');
    await expect(onCanvas(page, 'surface')).toBeHidden();
    const edited = await savedGraph(page);
    await rename(page, 'One edit too many');
    await undo(page).click();
    if (when === 'once it is kept') await expectKept(page);
    await page.reload();
    await expect(titleField(page)).toHaveValue('My game');
    expect(await savedGraph(page)).toEqual(edited);
    await expect(redo(page)).toHaveAccessibleName('Redo: Rename');
    await expect(undo(page)).toHaveAccessibleName('Undo: Delete 1 node');
    await undo(page).click();
    await expect(onCanvas(page, 'surface')).toBeVisible();
    await undo(page).click();
    await expect(undo(page)).toHaveAccessibleName('Nothing to undo');
    expect(await savedGraph(page)).toEqual(original);
    await expectKept(page);
    await page.reload();
    await expect(titleField(page)).toHaveValue(original.title);
    for (let i = 0; i < 3; i++) await redo(page).click();
    await expect(redo(page)).toHaveAccessibleName('Nothing to redo');
    await expect(titleField(page)).toHaveValue('One edit too many');
    expect((await savedGraph(page)).nodes).toEqual(edited.nodes);
  });

test('a damaged history is dropped, and the document opens', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'My game');
  await expectKept(page);
  await page.evaluate(async () => {
    const request = indexedDB.open('ganvas-documents');
    const database = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const store = database.transaction('histories', 'readwrite').objectStore('histories');
    const cursor = store.openCursor();
    await new Promise<void>((resolve) => {
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve();
        const { value } = cursor.result;
        cursor.result.update({ ...value, history: { ...value.history, past: ['{"label":1}'] } });
        cursor.result.continue();
      };
    });
    database.close();
  });
  await page.reload();
  await expect(titleField(page)).toHaveValue('My game');
  await expect(undo(page)).toHaveAccessibleName('Nothing to undo');
});

test('an edited document is back after its tab was killed', async ({ page, context }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'Before the crash');
  await expectKept(page);
  const before = await savedGraph(page);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  const other = await context.newPage();
  await other.goto('/edit');
  await expect(titleField(other)).toHaveValue('Before the crash');
  expect(await savedGraph(other)).toEqual(before);
});

test('opening another document keeps the open one', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'First of two');
  await openDocument(page, { ...readExample('ring'), title: 'Second of two' });
  await openRecent(page);
  await page.getByRole('menuitem', { name: 'First of two' }).click();
  await expect(titleField(page)).toHaveValue('First of two');
  await expect(onCanvas(page, 'surface')).toBeVisible();
  await openRecent(page);
  await expect(page.getByRole('menuitem', { name: 'Second of two' })).toBeVisible();
});

test('an example that was only looked at is not among the recent documents', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await openExample(page, 'ring');
  await rename(page, 'Worked on');
  await expectKept(page);
  await openExample(page, 'gaussian-1d');
  await openRecent(page);
  await expect(page.getByRole('menuitem', { name: 'Worked on' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'GAN Lab’s first game' })).toBeHidden();
});

test('a document is saved and opened by menu', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'To a file');
  await fileMenu(page).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as a file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('to-a-file.json');
  const path = await file.path();
  const saved = JSON.parse(readFileSync(path, 'utf8'));
  expect(saved).toEqual({ ...JSON.parse(JSON.stringify(saved)), title: 'To a file', format: 'ganvas' });
  expect(saved.wires).toEqual(readExample('gan-lab').wires);

  await openEditor(page);
  await fileMenu(page).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a file …' }).click();
  await (await chooser).setFiles(path);
  await expect(titleField(page)).toHaveValue('To a file');
  expect(await savedGraph(page)).toEqual(saved);
});

test('an unknown kind opens, is shown, and is saved unchanged', async ({ page }) => {
  const ring = readExample('ring');
  const strange = {
    id: 'strange',
    kind: 'quantum-loss',
    at: [600, 500],
    params: { depth: 3, inner: { list: [1, null, 'x'], flag: true } },
  };
  const document = {
    ...ring,
    title: 'From the future',
    nodes: [...ring.nodes, strange],
    wires: [...ring.wires, ['data.x', 'strange.anything']],
  };
  await openEditor(page);
  await openDocument(page, document);
  await expect(onCanvas(page, 'strange')).toContainText('quantum-loss');
  await onCanvas(page, 'strange').click();
  await expect(inspector(page)).toContainText('quantum-loss');
  const saved = await savedGraph(page);
  expect(saved.nodes.find(({ id }) => id === 'strange')).toEqual(strange);
  expect(saved.wires).toContainEqual(['data.x', 'strange.anything']);
});

test('a second tab on one document gets a copy, and neither overwrites the other', async ({
  page,
  context,
}) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'Shared');
  await expectKept(page);
  const other = await context.newPage();
  await other.goto('/edit');
  await expect(other.getByText('“Shared” is open in another tab').first()).toBeVisible();
  await expect(titleField(other)).toHaveValue('Shared (copy)');
  await rename(other, 'Theirs');
  await expectKept(other);
  await rename(page, 'Mine');
  await expectKept(page);
  await page.reload();
  await expect(titleField(page)).toHaveValue('Mine');
  await other.reload();
  await expect(titleField(other)).toHaveValue('Theirs');
});

const text = JSON.stringify(readExample('ring'));
const wrongFiles: readonly [what: string, content: string | Buffer, repeat: number, reason: RegExp][] = [
  ['a PDF', '%PDF-1.7\n1 0 obj', 1, /PDF/],
  ['a document that is cut off', text.slice(0, text.length / 2), 1, /JSON.*(end|line|position|cut)/i],
  ['JSON that is something else', '{"name":"ganvas","version":"0.1.0"}', 1, /format|Ganvas/i],
  ['50 MB', Buffer.alloc(1e6, 'x'), 50, /50\.0 MB.*at most 12 MB/],
  ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 1, /nest|deep|level/i],
  [
    'wrong types',
    JSON.stringify({ ...readExample('ring'), nodes: [{ id: 7, kind: 'dense', at: 'here' }] }),
    1,
    /nodes\[0\]\.id|nodes\.0\.id/,
  ],
  ['a newer version', JSON.stringify({ ...readExample('ring'), version: 99 }), 1, /99/],
];

for (const [what, content, repeat, reason] of wrongFiles)
  test(`a dropped file with ${what} is refused with a reason; the open document stays`, async ({ page }) => {
    await openExample(page, 'gan-lab');
    const before = await savedGraph(page);
    await dropFile(page, 'wrong.json', content, repeat);
    const dialog = page.getByRole('dialog', { name: 'Cannot open wrong.json' });
    await expect(dialog).toContainText('The open document has not changed.');
    await expect(dialog.getByRole('listitem').first()).toContainText(reason);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await expect(dialog).toBeHidden();
    expect(await savedGraph(page)).toEqual(before);
    await rename(page, 'Still alive');
    await expect(page.getByRole('button', { name: /^Undo: / })).toBeEnabled();
  });
