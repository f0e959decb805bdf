import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures/page';
import { report } from './fixtures/training';

/** What /edit asks for before it can be used. */
const MOST_BYTES = 300_000;

/** The scripts that the page's HTML names; `nomodule` ones are for browsers that cannot run the rest. */
const scriptsOf = (html: string): string[] => [
  ...new Set(
    [...html.replace(/<script[^>]*nomodule[^>]*>/gi, '').matchAll(/\/_next\/static\/[^"\\]+?\.js/g)].map(
      ([path]) => path,
    ),
  ),
];

test('the first load of the editor is at most 300 kB of compressed JavaScript, without tfjs', async ({
  request,
}) => {
  const scripts = scriptsOf(await (await request.get('/edit')).text());
  expect(scripts.length).toBeGreaterThan(3);
  let bytes = 0;
  for (const path of scripts) {
    const text = await (await request.get(path)).text();
    bytes += gzipSync(text).length;
    expect(text, path).not.toMatch(/tfjs|registerKernel|tf\.Tensor/);
  }
  report('first load of /edit', Math.round(bytes / 1000), 'kB');
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
});

test('the page itself never fetches tfjs; its worker fetches one backend', async ({ page }) => {
  const bodies: Promise<readonly [string, string]>[] = [];
  const modules: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.wasm')) modules.push(response.url());
    if (response.request().resourceType() !== 'script') return;
    // A worker's scripts have no frame.
    if (response.request().serviceWorker() || !isOfPage(response.request())) return;
    bodies.push(response.text().then((text) => [response.url(), text] as const));
  });
  await page.goto('/edit?example=ring');
  await expect(page.locator('.react-flow__node-card').first()).toBeVisible();
  // The canvas is there before the worker is.
  expect(modules).toEqual([]);
  await page.waitForLoadState('networkidle');
  for (const [url, text] of await Promise.all(bodies)) expect(text, url).not.toContain('registerKernel');
});

function isOfPage(request: { frame(): unknown }): boolean {
  try {
    return Boolean(request.frame());
  } catch {
    return false;
  }
}
