import type { BrowserContext, Page } from 'playwright/test';
import { makeGraph } from '@/bench/canvas/graph';
import { dropFile, openEditor, openExample, savedGraph, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import {
  checkpointValues,
  expectCheckpoint,
  expectIterations,
  keptIterations,
  pause,
  play,
  readIteration,
  setTarget,
  status,
  trainTo,
} from './fixtures/training';

/** A processor that is throttled takes its time. */
const slowly = expect.configure({ timeout: 60_000 });

const expectKept = (page: Page) => slowly(page.getByText('saved', { exact: true })).toBeVisible();

async function rename(page: Page, title: string): Promise<void> {
  await titleField(page).fill(title);
  await titleField(page).press('Enter');
  // Its save may find at once that another tab was faster.
  await slowly(titleField(page)).toHaveValue(new RegExp(`^${title}( \\(copy\\))?$`));
}

/** A third as fast as this machine. */
async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 3 });
}

/** A second tab on the editor. */
async function openSecond(context: BrowserContext): Promise<Page> {
  const other = await context.newPage();
  await other.goto('/edit');
  return other;
}

/** The titles of what the browser keeps, in order of the alphabet. */
const keptTitles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const request = indexedDB.open('ganvas-documents');
    const database = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const all = database.transaction('entries').objectStore('entries').getAll();
    const entries = await new Promise<{ title: string }[]>((resolve) => {
      all.onsuccess = () => resolve(all.result);
    });
    database.close();
    return entries.map(({ title }) => title).sort();
  });

const large = { ...makeGraph(10_000), title: 'Large' };

test('10,000 nodes on a slow machine: a reload keeps its document, and a second tab gets a copy', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  await openEditor(page);
  await throttle(page);
  await dropFile(page, 'large.json', JSON.stringify(large));
  await slowly(titleField(page)).toHaveValue('Large');
  // While it is still being drawn and its lock taken; then in the middle of opening again.
  await rename(page, 'Mine');
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.reload({ waitUntil: 'domcontentloaded' });
  await slowly(titleField(page)).toHaveValue('Mine');
  await page.reload({ waitUntil: 'domcontentloaded' });
  await slowly(titleField(page)).toHaveValue('Mine');
  expect(await keptTitles(page)).toEqual(['Mine']);

  const other = await context.newPage();
  await throttle(other);
  await other.goto('/edit');
  await expect(titleField(other)).toHaveValue('Mine (copy)', { timeout: 60_000 });
  await expect(other.getByText('“Mine” is open in another tab').first()).toBeVisible();
  await rename(other, 'Theirs');
  await page.bringToFront();
  await rename(page, 'Mine still');
  await expectKept(page);
  await expectKept(other);
  for (const [tab, title] of [
    [page, 'Mine still'],
    [other, 'Theirs'],
  ] as const) {
    await tab.reload();
    await slowly(titleField(tab)).toHaveValue(title);
    expect((await savedGraph(tab)).nodes).toHaveLength(10_000);
  }
  expect(await keptTitles(page)).toEqual(['Mine still', 'Theirs']);
});

test('without Web Locks the second writer gets a message, and both are kept', async ({ page, context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
  await openExample(page, 'gan-lab');
  await rename(page, 'Shared');
  await expectKept(page);
  const other = await openSecond(context);
  await slowly(titleField(other)).toHaveValue('Shared');
  await rename(page, 'Mine');
  await expectKept(page);
  const view = () => other.locator('.react-flow__viewport').getAttribute('style');
  const whole = await view();
  await other.locator('.react-flow__pane').hover();
  await other.mouse.wheel(0, -300);
  await expect.poll(view).not.toBe(whole);
  const before = await view();
  await rename(other, 'Theirs');
  await expect(titleField(other)).toHaveValue('Theirs (copy)');
  // It is the same work: what was in view stays in view.
  expect(await view()).toBe(before);
  await expect(other.getByText('“Theirs” was changed in another tab').first()).toBeVisible();
  await expect(other.getByText(/goes on here as “Theirs \(copy\)”/).first()).toBeVisible();
  await expectKept(other);
  expect(await keptTitles(page)).toEqual(['Mine', 'Theirs (copy)']);
  await other.reload();
  await expect(titleField(other)).toHaveValue('Theirs (copy)');
  await page.reload();
  await slowly(titleField(page)).toHaveValue('Mine');
});

/** How many documents have a checkpoint. */
const keptRuns = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const request = indexedDB.open('ganvas-checkpoints');
    const database = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const all = database.transaction('checkpoints').objectStore('checkpoints').getAllKeys();
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      all.onsuccess = () => resolve(all.result);
    });
    database.close();
    return new Set(keys.map((key) => (key as [string, number])[0])).size;
  });

test('a run goes along where its document goes on as a copy', async ({ page, context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
  await openExample(page, 'gan-lab');
  await trainTo(page, 100);
  await expectCheckpoint(page, 100);
  await expectKept(page);
  const other = await openSecond(context);
  await expect(titleField(other)).toHaveValue('GAN Lab’s first game');
  await rename(other, 'Theirs');
  await expectKept(other);
  await page.bringToFront();
  await rename(page, 'Mine');
  await expect(titleField(page)).toHaveValue('Mine (copy)');
  await expect.poll(() => keptRuns(page)).toBe(2);
  await expectKept(page);
  await page.reload();
  await expect(titleField(page)).toHaveValue('Mine (copy)');
  await expect(status(page)).toHaveText('weights of the last run');
  expect(await readIteration(page)).toBe(100);
});

/** What a browser makes of a tab that is duplicated. */
async function duplicate(page: Page, context: BrowserContext): Promise<Page> {
  const key = 'ganvas-open-document';
  const id = await page.evaluate((name) => sessionStorage.getItem(name), key);
  const other = await context.newPage();
  await other.addInitScript(
    ([name, value]) => {
      if (!sessionStorage.getItem(name)) sessionStorage.setItem(name, value);
      Object.defineProperty(PerformanceNavigationTiming.prototype, 'type', { get: () => 'reload' });
    },
    [key, id ?? ''] as const,
  );
  await other.goto('/edit');
  return other;
}

/** Trains GAN Lab's game until a checkpoint of it is kept, and duplicates its tab. */
async function duplicateTraining(page: Page, context: BrowserContext): Promise<Page> {
  await openExample(page, 'gan-lab');
  await setTarget(page, 1_000_000);
  await play(page);
  await expectIterations(page, 20);
  await expect.poll(async () => (await checkpointValues(page)).iteration).toBeGreaterThan(0);
  await expectKept(page);
  return duplicate(page, context);
}

test('a duplicated tab goes on with the run, and the one that trained it goes on as a copy with its own', async ({
  page,
  context,
}) => {
  const other = await duplicateTraining(page, context);
  await expect(titleField(other)).toHaveValue('GAN Lab’s first game');
  await play(other);
  await expect(titleField(page)).toHaveValue('GAN Lab’s first game (copy)', { timeout: 30_000 });
  await expect(page.getByText('“GAN Lab’s first game” is trained in another tab too').first()).toBeVisible();
  for (const tab of [page, other]) {
    await tab.bringToFront();
    await expectIterations(tab, (await readIteration(tab)) + 20);
    const reached = await pause(tab);
    await expectKept(tab);
    await expect.poll(() => keptIterations(tab)).toContain(reached);
    await tab.reload();
    await expect(status(tab)).toHaveText('weights of the last run');
    expect(await readIteration(tab)).toBe(reached);
  }
  await expect(titleField(page)).toHaveValue('GAN Lab’s first game (copy)');
  await expect(titleField(other)).toHaveValue('GAN Lab’s first game');
});

test('a duplicated tab that only looks at the run leaves it to the one that trains, and goes on as a copy', async ({
  page,
  context,
}) => {
  const other = await duplicateTraining(page, context);
  await other.getByRole('group', { name: 'Dock' }).getByRole('button', { name: 'Latent' }).click();
  await slowly(other.getByRole('group', { name: 'Tool' })).toBeVisible();
  await page.bringToFront();
  await expectIterations(page, (await readIteration(page)) + 50);
  const reached = await pause(page);
  await expect.poll(() => keptIterations(page)).toContain(reached);
  await expect(titleField(page)).toHaveValue('GAN Lab’s first game');
  await other.bringToFront();
  await play(other);
  await expect(titleField(other)).toHaveValue('GAN Lab’s first game (copy)', { timeout: 30_000 });
  await expect(titleField(page)).toHaveValue('GAN Lab’s first game');
});

test('without Web Locks two tabs with 10,000 nodes keep both, a reload in the middle', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
  await openEditor(page);
  await dropFile(page, 'large.json', JSON.stringify(large));
  await slowly(titleField(page)).toHaveValue('Large');
  await rename(page, 'Shared');
  await expectKept(page);
  const other = await openSecond(context);
  await slowly(titleField(other)).toHaveValue('Shared');
  for (const tab of [page, other]) await throttle(tab);
  await rename(other, 'Theirs');
  await page.bringToFront();
  await rename(page, 'Mine');
  await page.reload();
  const titles = ['Mine', 'Theirs', 'Mine (copy)', 'Theirs (copy)', 'Mine (recovered)', 'Theirs (recovered)'];
  await slowly
    .poll(async () => (await keptTitles(page)).filter((title) => titles.includes(title)).length)
    .toBe(2);
  const kept = await keptTitles(page);
  expect(kept.filter((title) => title.startsWith('Mine'))).toHaveLength(1);
  expect(kept.filter((title) => title.startsWith('Theirs'))).toHaveLength(1);
});

test('to the gallery and back: the document itself is open, not a copy', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await rename(page, 'Mine');
  await expectKept(page);
  await page.getByRole('link', { name: 'Ganvas: back to the gallery' }).click();
  await page.getByRole('link', { name: 'Editor' }).first().click();
  await slowly(titleField(page)).toHaveValue('Mine');
  expect(await keptTitles(page)).toEqual(['Mine']);
});
