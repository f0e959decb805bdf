import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pill, play } from './fixtures/training';

/** A browser with neither WebGL nor WebAssembly: flags reach its workers too, as scripts would not. */
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--js-flags=--jitless'],
  },
});

test('without WebGL and WebAssembly it trains in JavaScript and says so', async ({ page }) => {
  await openExample(page, 'gan-lab');
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
  expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
  await play(page);
  await expectIterations(page, 3, 45_000);
  await expect(pill(page)).toHaveText(/JavaScript, no faster backend is available/);
});
