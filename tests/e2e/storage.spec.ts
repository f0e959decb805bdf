import type { Page } from 'playwright/test';
import { expectKept, openExample, titleField } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { checkpointValues, expectCheckpoint, expectIterations, pause, play } from './fixtures/training';

async function rename(page: Page, title: string): Promise<void> {
  await titleField(page).fill(title);
  await titleField(page).press('Enter');
}

test('the browser is asked once, at the first edit, not to clear what it keeps', async ({ page }) => {
  await page.addInitScript(() => {
    const asked = { times: 0 };
    Object.assign(window, { asked });
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => {
      asked.times++;
      return true;
    };
  });
  const asked = () => page.evaluate(() => (window as unknown as { asked: { times: number } }).asked.times);
  await openExample(page, 'gan-lab');
  await expectKept(page);
  expect(await asked()).toBe(0);
  await rename(page, 'Mine');
  await expect.poll(asked).toBe(1);
  await rename(page, 'Mine still');
  await expectKept(page);
  expect(await asked()).toBe(1);
});

test('no edit is lost where IndexedDB was closed under the page', async ({ page }) => {
  await page.addInitScript(() => {
    const connections: IDBDatabase[] = [];
    Object.assign(window, { connections });
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    };
  });
  await openExample(page, 'gan-lab');
  await rename(page, 'First');
  await expectKept(page);
  await page.evaluate(() => {
    for (const connection of (window as unknown as { connections: IDBDatabase[] }).connections)
      connection.close();
  });
  await rename(page, 'Second');
  await expectKept(page);
  await page.reload();
  await expect(titleField(page)).toHaveValue('Second');
});

test('a run goes on and is kept where its data was cleared while it trained', async ({ page, context }) => {
  await openExample(page, 'gan-lab');
  await play(page);
  await expectIterations(page, 20);
  const before = await pause(page);
  await expectCheckpoint(page, before);
  const session = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  // As a user clears site data: every connection of page and worker is closed.
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await play(page);
  await expectIterations(page, before + 20);
  const reached = await pause(page);
  await expectCheckpoint(page, reached);
  expect(await checkpointValues(page)).toEqual({ iteration: reached, finite: true, nonZero: true });
  await rename(page, 'Still here');
  await expectKept(page);
  await page.reload();
  await expect(titleField(page)).toHaveValue('Still here');
  await expect(page.getByTestId('status')).toHaveText(/weights of the last run/);
});
