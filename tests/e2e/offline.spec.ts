import type { Page } from 'playwright/test';
import { onCanvas, openExample, readExample, savedGraph, titleField } from './fixtures/editor';
import { test as base, expect, plainUrl } from './fixtures/page';
import { openRelay, type Relay } from './fixtures/relay';
import { expectIterations, pause, play, readIteration, status } from './fixtures/training';

/** The app when its server or the network is gone, and when another build has taken its place. */
const test = base.extend<{ relay: Relay }>({
  relay: async ({ baseURL }, use) => {
    const relay = await openRelay(baseURL ?? '');
    await use(relay);
    await relay.close();
  },
});

const lossCurves = (page: Page) => page.getByRole('img', { name: /^Loss curves of/ });
const tryAgain = (page: Page) => page.getByRole('button', { name: 'Try again' });

const cacheNames = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());

/** The whole build is kept, and this page is served by what keeps it. */
async function expectBuildKept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () =>
          Boolean(navigator.serviceWorker.controller && (await caches.match('/edit'))),
        ),
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
}

test.describe('P10: with the build kept', () => {
  test.use({ serviceWorkers: 'allow', permissions: ['clipboard-read', 'clipboard-write'] });

  test('play, pause, step, reset, save, share and undo work without a server, and so does a reload', async ({
    page,
    relay,
    watch,
  }) => {
    test.slow();
    watch.allow(/ERR_|Failed to fetch|Failed to load resource/);
    await openExample(page, 'ring', relay.url);
    await expectBuildKept(page);
    relay.cut();

    await play(page);
    await expect(lossCurves(page)).toBeVisible();
    await expectIterations(page, 20);
    const at = await pause(page);
    await page.keyboard.press('.');
    await expect.poll(() => readIteration(page)).toBe(at + 1);
    await page.getByRole('button', { name: 'Back to iteration 0' }).click();
    await expect.poll(() => readIteration(page)).toBe(0);
    await play(page);
    await expectIterations(page, 5);
    await pause(page);

    await titleField(page).fill('Kept');
    await titleField(page).press('Enter');
    expect((await savedGraph(page)).title).toBe('Kept');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`${relay.url}/edit#g=1.`);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await expect(titleField(page)).toHaveValue(readExample('ring').title);
    await expect(page.getByText('saved', { exact: true })).toBeVisible();

    await page.reload();
    await expect(titleField(page)).toHaveValue(readExample('ring').title);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await play(page);
    await expectIterations(page, 5);
    await pause(page);

    await page.goto(`${relay.url}/`);
    await expect(page.getByRole('link', { name: /ring/i }).first()).toBeVisible();
    await expect
      .poll(() =>
        page
          .locator('img')
          .first()
          .evaluate((image: HTMLImageElement) => image.naturalWidth),
      )
      .toBeGreaterThan(0);
    await page.goto(`${relay.url}/edit?example=gan-lab`);
    await expect(titleField(page)).toHaveValue(readExample('gan-lab').title);
  });

  test('without isolation it is kept as it was served', async ({ page, watch }) => {
    watch.allow(/ERR_|Failed to fetch|Failed to load resource/);
    const relay = await openRelay(plainUrl);
    await openExample(page, 'gaussian-1d', relay.url);
    await expectBuildKept(page);
    relay.cut();
    await page.reload();
    await expect(titleField(page)).toHaveValue(readExample('gaussian-1d').title);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await play(page);
    await expectIterations(page, 2);
    await relay.close();
  });

  test('after a redeploy an open page goes on with its own build, a new one has the new one, and the old one goes with its last page', async ({
    page,
    context,
    relay,
  }) => {
    test.slow();
    await openExample(page, 'gaussian-1d', relay.url);
    await expectBuildKept(page);
    const [first] = await cacheNames(page);
    relay.redeploy();

    // The layout program has not been fetched before.
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Tidy up' }).click();
    await expect(page.getByRole('button', { name: 'Undo: Tidy up' })).toBeEnabled();

    const next = await context.newPage();
    const fetched: string[] = [];
    next.on('request', (request) => fetched.push(request.url()));
    await openExample(next, 'gaussian-1d', relay.url);
    await play(next);
    await expectIterations(next, 2);
    expect(fetched.filter((url) => url.includes('/static/chunkz/')).length).toBeGreaterThan(5);
    expect(fetched.filter((url) => url.includes('/static/chunks/'))).toEqual([]);
    await expect
      .poll(
        () => next.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)),
        { timeout: 60_000 },
      )
      .toBe(true);
    expect((await cacheNames(next)).sort()).toEqual(
      [first, first?.replace('ganvas-', 'ganvas-other-')].sort(),
    );
    await play(page);
    await expectIterations(page, 2);

    await page.close();
    await next.close();
    // A look is itself a page of one build or the other.
    const look = async () => {
      const last = await context.newPage();
      await last.goto(`${relay.url}/schema/v1.json`);
      const names = await cacheNames(last);
      await last.close();
      return names;
    };
    await expect.poll(look).toEqual([first?.replace('ganvas-', 'ganvas-other-')]);
  });

  test('the worker is asked for anew each time, under the policy', async ({ request }) => {
    const response = await request.get('/service-worker.js');
    expect(response.headers()).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/javascript; charset=utf-8',
      'content-security-policy': expect.stringContaining("connect-src 'self'"),
    });
    expect(await response.text()).toMatch(
      /^const build = \{"id":"[0-9a-f]{16}","files":\["\/_next\/static\//,
    );
  });
});

test.describe('P9: a part whose code does not arrive', () => {
  test.beforeEach(({ watch }) => watch.allow(/ERR_|Failed to load|ChunkLoadError|could not be/));

  test('the loss curves: the run goes on, and they come when there is a server', async ({ page, relay }) => {
    relay.withhold(/u-cursor-x/);
    await openExample(page, 'ring', relay.url);
    await play(page);
    await expect(page.getByRole('heading', { name: 'The loss curves could not be fetched' })).toBeVisible();
    await expectIterations(page, 20);
    await pause(page);
    await expect(onCanvas(page, 'G')).toBeVisible();
    await tryAgain(page).click();
    await expect(page.getByRole('heading', { name: 'The loss curves could not be fetched' })).toBeVisible();
    relay.withhold(undefined);
    await tryAgain(page).click();
    await expect(lossCurves(page)).toBeVisible();
    await expect(status(page)).toHaveText('paused');
  });

  test('a menu: the page’s edge names it', async ({ page, relay }) => {
    relay.withhold(/No other documents yet/);
    await openExample(page, 'ring', relay.url);
    await expect(page.getByText(/^Not there yet: .*the file menu/)).toBeVisible();
    await expect(onCanvas(page, 'G')).toBeVisible();
    relay.withhold(undefined);
    await tryAgain(page).click();
    await page.getByRole('button', { name: 'File' }).click();
    await expect(page.getByRole('menuitem', { name: 'Save as a file' })).toBeVisible();
    await expect(page.getByText(/^Not there yet/)).toHaveCount(0);
  });

  test('the editor itself', async ({ page, relay }) => {
    relay.withhold(/Back to iteration 0/);
    await page.goto(`${relay.url}/edit?example=ring`);
    await expect(page.getByRole('heading', { name: 'The editor could not be fetched' })).toBeVisible();
    relay.withhold(undefined);
    await tryAgain(page).click();
    await expect(titleField(page)).toHaveValue(readExample('ring').title);
  });

  test('the code of an action: the action goes on when it is there', async ({ page, relay }) => {
    relay.withhold(/org\.eclipse\.elk/);
    await openExample(page, 'ring', relay.url);
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Tidy up' }).click();
    await expect(page.getByText('Tidying up could not be fetched', { exact: true })).toBeVisible();
    relay.withhold(undefined);
    await tryAgain(page).click();
    await expect(page.getByRole('button', { name: 'Undo: Tidy up' })).toBeEnabled();
  });
});
