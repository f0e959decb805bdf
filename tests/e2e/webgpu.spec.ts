import type { Page, Worker } from 'playwright/test';
import { loadScript } from './fixtures/bundle';
import { openExample } from './fixtures/editor';
import { expectGoesOn, SMALL_GAME, trainOn } from './fixtures/moved';
import { expect, test } from './fixtures/page';
import { report } from './fixtures/training';

/** WebGPU in software: slow, and the same code as on a GPU. */
test.use({
  // The renderer in software draws the page too: what glows would take two thirds of its time.
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--enable-features=Vulkan',
      '--use-webgpu-adapter=swiftshader',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  },
});

const UPDATES = 2;
/** Of a loss, relative where it is above 1 (rule I9). */
const TOLERANCE = 1e-5;

test('every kind of the examples trains on WebGPU as it does on WASM (I9)', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('/docs');
  await loadScript(page, 'losses');
  const train = (backend: 'wasm' | 'webgpu') =>
    page.evaluate(([name, updates]) => window.trainExamples(name, updates), [backend, UPDATES] as const);
  const expected = await train('wasm');
  const found = await train('webgpu');
  expect(expected.length).toBeGreaterThan(10);
  let worst = 0;
  for (const [place, { id, losses, seconds }] of found.entries()) {
    report(`${id} on WebGPU`, seconds, 's');
    expect(losses).toHaveLength(UPDATES);
    for (const [update, loss] of losses.entries()) {
      const wanted = expected[place]?.losses[update] ?? Number.NaN;
      const error = Math.abs(loss - wanted) / Math.max(1, Math.abs(wanted));
      expect(error, `${id}, update ${update + 1}: ${loss} instead of ${wanted}`).toBeLessThanOrEqual(
        TOLERANCE,
      );
      worst = Math.max(worst, error);
    }
  }
  report('worst difference between WebGPU and WASM', worst, '');
  report(
    'two updates of these examples on WebGPU',
    found.reduce((sum, { seconds }) => sum + seconds, 0),
    's',
  );
});

/** Of a list's largest number, as on WebGL. */
const KIND_TOLERANCE = 1e-4;

test('every kind and its gradients of both orders are on WebGPU what they are on WASM', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('/docs');
  await loadScript(page, 'gradients');
  const start = Date.now();
  const asked = { from: 0, every: 1, tolerance: KIND_TOLERANCE };
  const { compared, worst, wrong } = await page.evaluate(
    (part) => window.compareKinds('webgpu', part),
    asked,
  );
  report(`${compared} outputs and gradients on WebGPU`, (Date.now() - start) / 1000, 's');
  report('worst of them', worst, '');
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(1000);
});

test('sines and cosines are exact to within rounding', async ({ page }) => {
  await page.goto('/docs');
  await loadScript(page, 'sin-cos');
  const errors = await page.evaluate(() => window.sinCosErrors('webgpu'));
  report('largest error of a sine on WebGPU', Math.max(...errors), '');
  for (const error of errors) expect(error).toBeLessThanOrEqual(1e-6);
});

interface Kept {
  devices?: GPUDevice[];
}

/** Only the part of WebGPU that is used here; TypeScript's own types have none of it. */
interface GPUDevice {
  destroy(): void;
}
interface Adapter {
  requestDevice(...args: unknown[]): Promise<GPUDevice>;
}

/** The training worker, with every device that it asks for from now on kept where the test finds it. */
async function keepDevices(page: Page): Promise<Worker> {
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const [worker] = page.workers();
  if (!worker) throw new Error('no worker');
  await worker.evaluate(() => {
    const kept = globalThis as Kept & { readonly GPUAdapter: { readonly prototype: Adapter } };
    kept.devices = [];
    const { prototype } = kept.GPUAdapter;
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (this: Adapter, ...args) {
      const device = await requestDevice.apply(this, args);
      kept.devices?.push(device);
      return device;
    };
  });
  return worker;
}

/** Where WebGL is not offered, as in Safari, whose workers cannot use it: WASM is then the next backend. */
test.describe('in Safari', () => {
  test.use({
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  });

  test('a lost WebGPU device moves the run to WASM from its last good weights, and says so', async ({
    page,
  }) => {
    test.setTimeout(240_000);
    // WebGPU is offered where a GPU is; this browser's is software, and says so.
    await page.addInitScript(() => {
      const { getParameter } = WebGL2RenderingContext.prototype;
      WebGL2RenderingContext.prototype.getParameter = function (this: WebGL2RenderingContext, name) {
        const value: unknown = getParameter.call(this, name);
        return typeof value === 'string' ? value.replace(/swiftshader/gi, 'hardware') : value;
      };
    });
    await openExample(page, SMALL_GAME);
    const worker = await keepDevices(page);
    await trainOn(page, 'WebGPU');
    await worker.evaluate(() => (globalThis as Kept).devices?.at(-1)?.destroy());
    await expectGoesOn(
      page,
      /^The graphics device failed: the WebGPU device was lost: [^.]+\. The run went on from iteration \d+ on WASM\./,
    );
  });
});
