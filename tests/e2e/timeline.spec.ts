import { expect, type Page, test } from 'playwright/test';
import { onCanvas, openExample } from './fixtures/editor';
import { pause, pictureOf, play, readIteration, status, trainTo } from './fixtures/training';

const samples = (page: Page) => page.locator('canvas[data-view="samples"]').first();
const slider = (page: Page) => page.getByRole('slider', { name: 'Iteration shown' });
const shown = (page: Page) => page.getByRole('textbox', { name: 'Iteration to show' });
const goOn = (page: Page) => page.getByRole('button', { name: /^Go on from/ });

test('the timeline shows the past of a run after a reload, and the run goes on from there', async ({
  page,
}) => {
  await openExample(page, 'ring');
  // Where it rests there is a snapshot, however slow the machine.
  await trainTo(page, 60);
  await trainTo(page, 150);
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  const newest = await pictureOf(samples(page));

  await slider(page).press('Home');
  await expect(page.getByTestId('past')).toContainText('Iteration 0');
  await expect.poll(() => pictureOf(samples(page))).not.toBe(newest);
  await slider(page).press('ArrowRight');
  const first = Number(await slider(page).inputValue());
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(150);
  await slider(page).press('End');
  await expect(page.getByTestId('past')).toBeHidden();
  await expect.poll(() => pictureOf(samples(page))).toBe(newest);

  await shown(page).fill(String(first));
  await shown(page).press('Enter');
  await expect(goOn(page)).toHaveText(`Go on from ${first}`);
  await goOn(page).click();
  await expect(status(page)).toHaveText('paused');
  expect(await readIteration(page)).toBe(first);
  await play(page);
  await expect.poll(() => readIteration(page)).toBeGreaterThan(first);
  await pause(page);
  await page.getByRole('button', { name: /^Undo the reset/ }).click();
  await expect.poll(() => readIteration(page)).toBe(150);
  await expect.poll(() => pictureOf(samples(page))).toBe(newest);
});

test('a click on the curves moves the cursor', async ({ page }) => {
  await openExample(page, 'ring');
  await trainTo(page, 100);
  const chart = page.locator('.u-over');
  const box = await chart.boundingBox();
  await chart.click({ position: { x: (box?.width ?? 0) / 2, y: 10 } });
  await expect(page.getByTestId('past')).toBeVisible();
  const at = Number(await slider(page).inputValue());
  expect(Math.abs(at - 50)).toBeLessThan(10);
});

const xray = (page: Page, what: string) =>
  page.getByRole('region', { name: 'X-ray of G(z)', exact: true }).getByRole('img', { name: what });

test('X-rays of the past are computed anew from its snapshot: values and gradients, as they were', async ({
  page,
}) => {
  await openExample(page, 'ring');
  await page.locator('[data-wire="fake.x→d-fake.x"]').click();
  await trainTo(page, 60);
  const parts = ['values', 'gradient, Adam for D', 'gradient, Adam for G'];
  const live = await Promise.all(parts.map((part) => pictureOf(xray(page, `${part}, live`))));
  await trainTo(page, 150);
  expect(await pictureOf(xray(page, 'values, live'))).not.toBe(live[0]);

  await shown(page).fill('60');
  await shown(page).press('Enter');
  for (const [i, part] of parts.entries())
    expect(await pictureOf(xray(page, `${part} at iteration 60`))).toBe(live[i]);
  await expect(xray(page, 'values, live')).toHaveCount(0);
  // Between two snapshots: of the earlier, and that is said.
  await slider(page).press('ArrowRight');
  const next = Number(await slider(page).inputValue());
  await shown(page).fill(String(next - 1));
  await shown(page).press('Enter');
  await expect(page.getByTestId('past')).toContainText(`Iteration ${next - 1}, pictures and X-rays of 60`);
  await expect(xray(page, 'values at iteration 60')).toBeVisible();
  // Something else is opened of then, though it was not open then.
  await onCanvas(page, 'd-real').click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('x');
  await expect(
    page.getByRole('region', { name: 'X-ray of D(x)', exact: true }).getByRole('img', {
      name: 'values at iteration 60',
    }),
  ).toBeVisible();
  // A page that has just come back has no worker: one takes the run up, and is asked.
  await page.reload();
  await expect(status(page)).toHaveText('weights of the last run');
  await page.locator('[data-wire="fake.x→d-fake.x"]').click();
  await expect(xray(page, 'values, live')).toBeVisible();
  await shown(page).fill('60');
  await shown(page).press('Enter');
  expect(await pictureOf(xray(page, 'values at iteration 60'))).toBe(live[0]);
});

test('at an iteration that is over nothing live is shown: what is kept is, of the rest it is said', async ({
  page,
}) => {
  await openExample(page, 'ring');
  const dock = page.getByRole('group', { name: 'Dock' });
  await onCanvas(page, 'd-real').click({ position: { x: 20, y: 8 } });
  await page.keyboard.press('x');
  await trainTo(page, 60);
  const score = onCanvas(page, 'd-real').getByTitle('Mean over a batch');
  await expect(score).toHaveText(/^0\.\d+$/);
  const live = page.getByRole('img', { name: 'values, live' });
  await expect(live.first()).toBeVisible();

  await shown(page).fill('59');
  await shown(page).press('Enter');
  await expect(page.getByRole('img', { name: /^values at iteration \d+$/ }).first()).toBeVisible();
  await expect(live).toHaveCount(0);
  await expect(score).toHaveText(/^0\.\d+$/);

  await slider(page).press('Home');
  await expect(page.getByRole('img', { name: 'values at iteration 0' }).first()).toBeVisible();
  await expect(score).toHaveText(/^0\.\d+$/);
  await dock.getByRole('button', { name: 'Latent' }).click();
  await expect(page.getByTestId('past-note')).toContainText('The latent space is that of the newest weights');
  await expect(page.getByRole('group', { name: 'Tool' })).toBeHidden();
  await page.getByRole('button', { name: 'Back to the newest' }).click();
  await expect(page.getByTestId('past-note')).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Tool' })).toBeVisible();
});
