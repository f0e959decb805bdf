import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['in development', { NODE_ENV: 'development' }],
  ['with GANVAS_NO_SERVICE_WORKER', { NODE_ENV: 'production', GANVAS_NO_SERVICE_WORKER: '1' }],
])('%s browsers get a worker without a build, which takes itself away', async (_, env) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const { GET } = await import('./route');
  const response = await GET();
  expect(response.status).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-cache');
  expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
  expect(await response.text()).toMatch(/^const build = undefined;\n/);
});
