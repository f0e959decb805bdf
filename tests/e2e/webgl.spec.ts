import { loadScript } from './fixtures/bundle';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { countColoured, expectIterations, pill, play, report } from './fixtures/training';

/** WebGL in software: slow, and the same code as on a GPU. */
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  },
});

test('GAN Lab’s game trains on WebGL where that is chosen', async ({ page }) => {
  await openExample(page, 'gan-lab');
  await pill(page).click();
  await page.getByRole('combobox', { name: 'Train on' }).click();
  await page.getByRole('option', { name: 'WebGL' }).click();
  await page.keyboard.press('Escape');
  await play(page);
  await expectIterations(page, 3, 60_000);
  await expect(pill(page)).toHaveText(/WebGL, your choice/);
  const samples = page.getByRole('region', { name: 'Samples' }).getByRole('img');
  await expect.poll(() => countColoured(samples)).toBeGreaterThan(100);
});

test('products, packing and cutting are those of plain loops, whatever the shapes', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/docs');
  await loadScript(page, 'webgl-kernels');
  const seed = Date.now() % 1e6;
  const { tried, wrong } = await page.evaluate((asked) => window.compareKernels(asked, 12), seed);
  report(`kernels on WebGL, seed ${seed}`, tried, 'compared');
  expect(tried).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

const QUARTERS = 4;

for (const part of ['kernels', 0, 1, 2, 3] as const) {
  const name = part === 'kernels' ? 'kernels' : `kinds, ${part + 1} of ${QUARTERS}`;
  test(`gradients of first and second order are right on WebGL: ${name}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.goto('/docs');
    await loadScript(page, 'gradients');
    const start = Date.now();
    const which = part === 'kernels' ? part : { from: part, every: QUARTERS };
    const found = await page.evaluate((asked) => window.checkAllGradients('webgl', asked), which);
    report(`gradients of ${name} on WebGL`, (Date.now() - start) / 1000, 's');
    expect(found.backend).toBe('webgl');
    expect(found.kernels).toEqual([]);
    expect(found.kinds).toEqual([]);
    if (part === 'kernels') return;
    report(`worst of ${found.checked}`, found.worst, '');
    expect(found.checked).toBeGreaterThan(50);
  });
}
