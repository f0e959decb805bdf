import type { Page } from 'playwright/test';
import { onCanvas, openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pause, play } from './fixtures/training';

const xray = (page: Page, of: string) => page.getByRole('region', { name: `X-ray of ${of}`, exact: true });

test('wires and layers are opened side by side, before the run, while it trains and at rest', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 1200 });
  await openExample(page, 'ring');
  // A wire by its label: what G makes.
  await page.locator('[data-wire="fake.x→d-fake.x"]').click();
  await expect(page.getByText('Press play, or train one iteration')).toBeVisible();
  const opened = page.getByRole('region', { name: /^X-ray of/ });
  await expect(opened).toHaveCount(1);
  // A layer by its key, with its weights beside it.
  await onCanvas(page, 'd-dense-1').click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('x');
  await expect(opened).toHaveCount(3);
  await play(page);
  await expectIterations(page, 20);
  const made = xray(page, 'G(z)');
  await expect(made.getByText('mean').first()).toBeVisible();
  const kernel = xray(page, 'weights of Dense in D');
  await expect(kernel.getByText('of weight').first()).toBeVisible();
  const means = () => kernel.locator('dd').allTextContents();
  const before = await means();
  await expect.poll(means).not.toEqual(before);
  await pause(page);
  await expect(opened.first().locator('canvas').first()).toBeVisible();
  await opened
    .first()
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(opened).toHaveCount(2);
});
