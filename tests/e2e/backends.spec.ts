import type { Page } from 'playwright/test';
import { openDocument, openEditor, openExample, readExample } from './fixtures/editor';
import { expect, plainUrl, test } from './fixtures/page';
import { checkpointHash, expectCheckpoint, expectIterations, pill, play, trainTo } from './fixtures/training';

/** The .wasm files that the page and its workers ask for. */
function watchModules(page: Page): readonly string[] {
  const modules: string[] = [];
  page.context().on('request', (request) => {
    const name = /[^/]*\.wasm$/.exec(new URL(request.url()).pathname)?.[0];
    if (name) modules.push(name);
  });
  return modules;
}

test('without a hardware GPU it is WASM, and says why', async ({ page }) => {
  const modules = watchModules(page);
  await openExample(page, 'gan-lab');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await play(page);
  await expectIterations(page, 50);
  await expect(pill(page)).toHaveText(/WASM, no hardware GPU is reported/);
  expect(new Set(modules)).toEqual(new Set(['tfjs-backend-wasm-simd.wasm']));
});

test('without isolation WASM trains as well', async ({ page }) => {
  const modules = watchModules(page);
  await openExample(page, 'gan-lab', plainUrl);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await play(page);
  await expectIterations(page, 50);
  await expect(pill(page)).toHaveText(/WASM/);
  expect(new Set(modules)).toEqual(new Set(['tfjs-backend-wasm-simd.wasm']));
});

test('one seed gives one run, bit for bit; another gives another', async ({ page }) => {
  const hashes: string[] = [];
  for (const seed of [3, 3, 4]) {
    const game = readExample('gan-lab');
    await openEditor(page);
    await openDocument(page, { ...game, title: `Seed ${seed}`, settings: { ...game.settings, seed } });
    await trainTo(page, 150);
    await expectCheckpoint(page, 150);
    hashes.push(await checkpointHash(page));
    await page.evaluate(() => localStorage.clear());
  }
  const [first, second, other] = hashes;
  expect(second).toBe(first);
  expect(other).not.toBe(first);
});

test('convolutions train on WASM', async ({ page }) => {
  await openExample(page, 'dcgan-glyphs');
  await play(page);
  await expectIterations(page, 5);
  await expect(pill(page)).toHaveText(/WASM/);
});

test('where WASM does not load it falls back, and says so', async ({ page, watch }) => {
  watch.allow(/\.wasm|wasm/i);
  await page.context().route('**/*.wasm', (route) => route.abort());
  await openExample(page, 'gan-lab');
  await play(page);
  await expectIterations(page, 5, 60_000);
  await expect(pill(page)).toHaveText(/WebGL|JavaScript/);
  await pill(page).click();
  await expect(page.getByText(/WASM did not start/)).toBeVisible();
});
