import type { Page, Worker } from 'playwright/test';
import { openExample } from './fixtures/editor';
import { expect, test } from './fixtures/page';
import { checkpointValues, expectIterations, pill, play, readIteration } from './fixtures/training';

/** WebGL in software, and a worker whose device is taken away by its own means: no hook in the app. */
test.use({
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
  await openExample(page, 'gan-lab');
  const worker = await keepContexts(page);
  await pill(page).click();
  await page.getByRole('combobox', { name: 'Train on' }).click();
  await page.getByRole('option', { name: 'WebGL' }).click();
  await page.keyboard.press('Escape');
  await play(page);
  await expectIterations(page, 3, 60_000);
  await expect(pill(page)).toHaveText(/WebGL/);
  // A checkpoint to fall back to.
  await expect
    .poll(
      () => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('ganvas-kept:'))),
      {
        timeout: 30_000,
      },
    )
    .toBe(true);
  return worker;
}

async function expectGoesOn(page: Page, message: RegExp): Promise<void> {
  const banner = page.getByTestId('moved');
  await expect(banner).toHaveText(message, { timeout: 30_000 });
  const from = Number(/from iteration (\d+)/.exec((await banner.textContent()) ?? '')?.[1]);
  expect(from).toBeGreaterThan(0);
  await expect(pill(page)).toHaveText(/WASM/);
  await expectIterations(page, from + 50, 60_000);
  await page.getByTestId('play').click();
  await expect(page.getByTestId('status')).toHaveText('paused');
  // A pause may fall inside an iteration; the checkpoint then holds whole ones from shortly before.
  const paused = await readIteration(page);
  await expect
    .poll(() => checkpointValues(page).then(({ iteration }) => iteration))
    .toBeGreaterThan(Math.max(from, paused - 21));
  const { finite, nonZero } = await checkpointValues(page);
  expect({ finite, nonZero }).toEqual({ finite: true, nonZero: true });
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner).toBeHidden();
}

test('a lost WebGL context moves the run to WASM from its last good weights, and says so', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const worker = await trainOnWebgl(page);
  await worker.evaluate(() =>
    (globalThis as Kept).contexts?.at(-1)?.getExtension('WEBGL_lose_context')?.loseContext(),
  );
  await expectGoesOn(page, /the WebGL context was lost.*went on from iteration \d+ on WASM/);
});

test('WebGL without memory moves the run to WASM from its last good weights, and says so', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const worker = await trainOnWebgl(page);
  await worker.evaluate(() => {
    const { getError, OUT_OF_MEMORY } = WebGL2RenderingContext.prototype;
    let told = false;
    WebGL2RenderingContext.prototype.getError = function (this: WebGL2RenderingContext) {
      const error = told ? getError.call(this) : OUT_OF_MEMORY;
      told = true;
      return error;
    };
  });
  await expectGoesOn(page, /ran out of memory: .*went on from iteration \d+ on WASM/);
});
