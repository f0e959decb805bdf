import { wasmPath } from '@/scripts/copy-assets.mjs';
import { expect, plainUrl, test } from './fixtures/page';

const wasmModule = `${wasmPath}tfjs-backend-wasm-simd.wasm`;

const pages = ['/', '/edit'];

/** `script-src 'self' …` to Map { 'script-src' => ["'self'", …] } */
const parsePolicy = (text: string): Map<string, string[]> =>
  new Map(
    text.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values];
    }),
  );

const isNonce = (value: string): boolean => /^'nonce-[0-9a-f]{32}'$/.test(value);

for (const path of pages) {
  test(`${path} is sent with a strict policy and a nonce of its own`, async ({ request }) => {
    const [first, second] = await Promise.all([request.get(path), request.get(path)]);
    const policies = [first, second].map((r) => parsePolicy(r.headers()['content-security-policy'] ?? ''));
    const policy = policies[0] ?? new Map<string, string[]>();
    const scripts = policy.get('script-src') ?? [];
    expect(scripts.filter((value) => !isNonce(value))).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('style-src')).not.toContain("'unsafe-inline'");
    const nonces = policies.map((each) => each.get('script-src')?.find(isNonce));
    expect(nonces[0]).toBeDefined();
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(first.headers()['x-powered-by']).toBeUndefined();
  });

  test(`every script of ${path} carries the nonce or comes from this host`, async ({ request }) => {
    const response = await request.get(path);
    const nonce = /'nonce-([0-9a-f]+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
    const html = await response.text();
    const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)([^>]*)>/g)].map((match) => match[1] ?? '');
    expect(inline.length).toBeGreaterThan(0);
    for (const attributes of inline) expect(attributes).toContain(`nonce="${nonce}"`);
    const sources = [...html.matchAll(/<(?:script|link)[^>]*?\b(?:src|href)="([^"]+)"/g)].map((m) => m[1]);
    expect(sources.filter((source) => !source?.startsWith('/') || source.startsWith('//'))).toEqual([]);
  });

  test(`${path} is cross-origin isolated`, async ({ page }) => {
    await page.goto(path);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
}

test('static files carry the policy and isolation too, for the workers that start from them', async ({
  page,
  request,
}) => {
  await page.goto('/');
  const script = await page.locator('script[src^="/_next/static/"]').first().getAttribute('src');
  for (const path of [script ?? '', wasmModule]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()).toMatchObject({
      'content-security-policy': expect.stringContaining("'wasm-unsafe-eval'"),
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  }
});

test('WASM modules come with their media type, and are kept', async ({ request }) => {
  const response = await request.get(wasmModule);
  expect(response.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(response.headers()['content-type']).toBe('application/wasm');
});

test('GANVAS_NO_ISOLATION serves the app without cross-origin isolation, and as strictly otherwise', async ({
  page,
}) => {
  const response = await page.goto(`${plainUrl}/edit`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(response?.headers()['cross-origin-embedder-policy']).toBeUndefined();
  expect(response?.headers()['content-security-policy']).toContain("default-src 'self'");
});
