import type { Page, Worker } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expectGoesOn, SMALL_GAME, trainOn } from './fixtures/moved';
import { expect, test } from './fixtures/page';

/** WebGL in software, and a worker whose device is taken away by its own means: no hook in the app. */
test.use({
  // The renderer in software draws the page too: what glows would take two thirds of its time.
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  },
});

interface Kept {
  contexts?: WebGL2RenderingContext[];
}

/** The training worker, with every context that it makes from now on kept where the test finds it. */
async function keepContexts(page: Page): Promise<Worker> {
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  const [worker] = page.workers();
  if (!worker) throw new Error('no worker');
  await worker.evaluate(() => {
    const kept = globalThis as Kept;
    kept.contexts = [];
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: [contextId: never]) {
      const context = getContext.apply(this, args);
      if (context instanceof WebGL2RenderingContext) kept.contexts?.push(context);
      return context;
    } as typeof getContext;
  });
  return worker;
}

async function trainOnWebgl(page: Page): Promise<Worker> {
  await openExample(page, SMALL_GAME);
  const worker = await keepContexts(page);
  await trainOn(page, 'WebGL');
  return worker;
}

test('a lost WebGL context moves the run to WASM from its last good weights, and says so', async ({
  page,
}) => {
  const worker = await trainOnWebgl(page);
  await worker.evaluate(() =>
    (globalThis as Kept).contexts?.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext(),
  );
  await expectGoesOn(page, /the WebGL context was lost.*went on from iteration \d+ on WASM/);
});

test('WebGL without memory moves the run to WASM from its last good weights, and says so', async ({
  page,
}) => {
  const worker = await trainOnWebgl(page);
  await worker.evaluate(() => {
    const { getError, OUT_OF_MEMORY } = WebGL2RenderingContext.prototype;
    let isReported = false;
    WebGL2RenderingContext.prototype.getError = function (this: WebGL2RenderingContext) {
      const error = isReported ? getError.call(this) : OUT_OF_MEMORY;
      isReported = true;
      return error;
    };
  });
  await expectGoesOn(page, /ran out of memory: .*went on from iteration \d+ on WASM/);
});
