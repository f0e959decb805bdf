import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { nodeOf } from './fixtures/edit';
import { openExample, savedGraph } from './fixtures/editor';
import { expect, test } from './fixtures/page';

/** Chromium's own moving picture in the place of a camera. */
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--use-fake-device-for-media-stream'],
  },
});

const openCamera = async (page: import('playwright/test').Page) => {
  await openExample(page, 'dcgan-glyphs');
  await page.getByRole('group', { name: 'Dock' }).getByRole('button', { name: 'Data' }).click();
  await page.getByRole('button', { name: 'Use the camera …' }).first().click();
  return page.getByRole('dialog', { name: 'Use the camera' });
};

test('bursts of the camera become images, a class each', async ({ page, context }, info) => {
  await context.grantPermissions(['camera']);
  const dialog = await openCamera(page);
  await expect(dialog.getByRole('status')).toHaveText('0 taken.');
  await dialog.getByLabel('Pictures').fill('0');
  await expect(dialog.getByRole('alert')).toContainText('A whole number from 1 to 1000');
  for (const [name, count] of [
    ['left', 4],
    ['right', 3],
  ] as const) {
    await dialog.getByLabel('Class').fill(name);
    await dialog.getByLabel('Pictures').fill(String(count));
    await dialog.getByRole('button', { name: 'Take them' }).click();
    await expect(dialog.getByRole('button', { name: 'Take them' })).toBeVisible();
  }
  await expect(dialog.getByRole('status')).toHaveText('7 taken.');
  const taken = dialog.getByRole('list', { name: 'Taken' }).getByRole('listitem');
  await expect(taken).toHaveText(['left: 4', 'right: 3']);
  await dialog.getByLabel('Class').fill('odd');
  await dialog.getByRole('button', { name: 'Take them' }).click();
  await expect(dialog.getByRole('status')).toHaveText('10 taken.');
  await dialog.getByRole('button', { name: 'Take out odd' }).click();
  await expect(taken).toHaveText(['left: 4', 'right: 3']);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a zip' }).click();
  const saved = readFileSync(await (await saving).path());
  await page.screenshot({ path: info.outputPath('camera.png') });
  await dialog.getByRole('button', { name: 'Use 7 pictures' }).click();
  // In the size of the game's images.
  await expect(page.getByTestId('import-facts')).toContainText(
    '7 rows of 28 × 28 × 1, 2 classes (left, right).',
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Use', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(nodeOf(await savedGraph(page), 'data').params).toMatchObject({
    source: `import:${createHash('sha256').update(saved).digest('hex')}`,
    options: { name: 'camera.zip', rows: 7, classes: ['left', 'right'] },
  });
});

test('a camera that may not be used is explained', async ({ page, context }) => {
  await context.grantPermissions([]);
  const dialog = await openCamera(page);
  await expect(dialog.getByRole('alert')).toContainText(/Allow it for this page|gives no camera/);
});
