import { loadScript } from './fixtures/bundle';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { countColoured, expectIterations, pill, play, report } from './fixtures/training';

/** WebGL in software: slow, and the same code as on a GPU. */
test.use({
  // The renderer in software draws the page too: what glows would take two thirds of its time.
  contextOptions: { reducedMotion: 'reduce' },
  // And a click waits for two frames at rest, each of seconds on a slow machine.
  actionTimeout: 60_000,
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  },
});

test('GAN Lab’s game trains on WebGL where that is chosen', async ({ page }) => {
  test.setTimeout(300_000);
  await openExample(page, 'gan-lab');
  await pill(page).click();
  await page.getByRole('combobox', { name: 'Train on' }).click();
  await page.getByRole('option', { name: 'WebGL' }).click();
  await page.keyboard.press('Escape');
  await play(page);
  await expectIterations(page, 3, 60_000);
  await expect(pill(page)).toHaveText(/WebGL, your choice/);
  const samples = page.getByRole('region', { name: 'Samples' }).getByRole('img');
  // An iteration takes seconds where other browsers are at work, and samples come once in some.
  await expect.poll(() => countColoured(samples), { timeout: 60_000 }).toBeGreaterThan(100);
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

test('corrected gradients of kernels are right on WebGL, first and second order', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/docs');
  await loadScript(page, 'gradients');
  expect(await page.evaluate(() => window.checkCorrections('webgl'))).toEqual([]);
});

test('sines and cosines are exact to within rounding', async ({ page }) => {
  await page.goto('/docs');
  await loadScript(page, 'sin-cos');
  const errors = await page.evaluate(() => window.sinCosErrors('webgl'));
  report('largest error of a sine on WebGL', Math.max(...errors), '');
  for (const error of errors) expect(error).toBeLessThanOrEqual(1e-6);
});

const TOLERANCE = 1e-4;

/** Nearly all of the time goes to compiling some 3,000 shaders, on one thread a browser. */
test('every kind and its gradients of both orders are on WebGL what they are on WASM', async ({
  page,
  browser,
  launchOptions,
  baseURL,
}) => {
  test.setTimeout(600_000);
  const another = await browser.browserType().launch(launchOptions);
  const pages = [page, await another.newPage()];
  const start = Date.now();
  const halves = await Promise.all(
    pages.map(async (each, half) => {
      await each.goto(`${baseURL}/docs`);
      await loadScript(each, 'gradients');
      const asked = { from: half, every: pages.length, tolerance: TOLERANCE };
      return each.evaluate((part) => window.compareKinds('webgl', part), asked);
    }),
  );
  await another.close();
  const compared = halves.reduce((sum, half) => sum + half.compared, 0);
  report(`${compared} outputs and gradients on WebGL`, (Date.now() - start) / 1000, 's');
  report('worst of them', Math.max(...halves.map(({ worst }) => worst)), '');
  expect(halves.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(compared).toBeGreaterThan(1000);
});
