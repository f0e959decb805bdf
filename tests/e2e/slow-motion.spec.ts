import { onCanvas, openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { readIteration } from './fixtures/training';

test('an iteration is walked through phase by phase, to and fro', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openExample(page, 'ring');
  await page.keyboard.press('w');
  const bar = page.getByRole('region', { name: 'Slow motion' });
  const words = bar.getByRole('status');
  const next = bar.getByRole('button', { name: /^Next/ });
  await next.click();
  await expect(words).toContainText('iteration 1, 1 of 10');
  await expect(words).toContainText('A batch of 256 is drawn from');
  const working = page.locator('[data-node][class*="working"]');
  const ids = async () =>
    (await working.evaluateAll((all) => all.map((each) => each.getAttribute('data-node')))).sort();
  expect(await ids()).toEqual(['data', 'z']);
  await next.click();
  await expect(words).toContainText(
    /Adam for D · forward.*D\(x\) 0\.\d+, D\(G\(z\)\) 0\.\d+|D\(G\(z\)\) 0\.\d+, D\(x\) 0\.\d+/,
  );
  await next.click();
  await expect(words).toContainText(/Its loss is [\d.]+/);
  await next.click();
  await expect(words).toContainText('gradient');
  await expect(onCanvas(page, 'D')).toHaveClass(/working/);
  await next.click();
  await expect(words).toContainText(/θ of D moves by/);
  await bar.getByRole('button', { name: 'Previous phase' }).click();
  await expect(words).toContainText('iteration 1, 4 of 10');
  for (let phase = 4; phase < 10; phase++) await next.click();
  await expect(words).toContainText('iteration 1, 10 of 10');
  await expect(words).toContainText(/θ of G moves by/);
  expect(await readIteration(page)).toBe(1);
  await next.click();
  await expect(words).toContainText('iteration 2, 1 of 10');
  await bar.getByRole('button', { name: 'End slow motion' }).click();
  await expect(working).toHaveCount(0);
});
