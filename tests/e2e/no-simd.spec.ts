import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { expectIterations, pill, play } from './fixtures/training';

/** V8 offers SIMD in WebAssembly only where it may use the processor's SSE 4.1 (or has no need of it). */
test.use({
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-software-rasterizer',
      '--js-flags=--no-enable-sse4-1 --no-enable-sse3 --no-enable-ssse3',
    ],
  },
});

/** A module with one SIMD instruction. */
const simd = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
];

test('without WebGL and without SIMD it trains in plain JavaScript, and says why', async ({
  page,
  watch,
}) => {
  watch.allow(/wasm/i);
  await openExample(page, 'gan-lab');
  const hasSimd = await page.evaluate((bytes) => WebAssembly.validate(Uint8Array.from(bytes)), simd);
  test.skip(hasSimd, 'this machine’s processor has SIMD that cannot be switched off');
  expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
  await play(page);
  await expectIterations(page, 20);
  await expect(pill(page)).toHaveText(/JavaScript/);
  await pill(page).click();
  await expect(page.getByText(/WASM did not start: its WebAssembly has no SIMD/)).toBeVisible();
});
