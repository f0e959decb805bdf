import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';

/** The worker's text, run with a browser and a server of maps. */
interface Build {
  readonly id: string;
  readonly files: readonly string[];
  readonly pages: readonly string[];
}
type Listener = (event: object) => void;

const text = readFileSync(new URL('./worker.js', import.meta.url), 'utf8');

let server: Map<string, string> | undefined;
let kept: Map<string, Map<string, Response>>;

const fetchFrom = async (request: string | Request): Promise<Response> => {
  if (!server) throw new TypeError('Failed to fetch');
  const { pathname } = new URL(request instanceof Request ? request.url : request, 'http://x');
  const body = server.get(pathname);
  return new Response(body ?? 'Not Found', {
    status: body === undefined ? 404 : 200,
    headers: { 'Content-Security-Policy': `nonce of ${body}` },
  });
};

/** A browser's kept answer has the address that it was fetched from. */
const found = (path: string, response: Response | undefined): Response | undefined =>
  response && Object.defineProperty(response.clone(), 'url', { value: `http://x${path}` });

const caches = {
  open: async (name: string) => {
    const cache = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, cache);
    return {
      match: async (path: string) => found(path, cache.get(path)),
      put: async (path: string, response: Response) => void cache.set(path, response),
      add: async (path: string) => {
        const response = await fetchFrom(path);
        if (!response.ok) throw new TypeError('Request failed');
        cache.set(path, response);
      },
    };
  },
  keys: async () => [...kept.keys()],
  delete: async (name: string) => kept.delete(name),
  match: async (path: string) => found(path, [...kept.values()].find((cache) => cache.has(path))?.get(path)),
};

function start(build: Build | undefined) {
  const listeners = new Map<string, Listener>();
  const calls: string[] = [];
  const call = (name: string) => () => {
    calls.push(name);
  };
  const scope = {
    build,
    caches,
    fetch: fetchFrom,
    location: { origin: 'http://x' },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    skipWaiting: call('skipWaiting'),
    clients: { claim: call('claim') },
    registration: { unregister: call('unregister') },
  };
  new Function(...Object.keys(scope), text)(...Object.values(scope));
  const settle = async (type: string) => {
    const waits: Promise<unknown>[] = [];
    listeners.get(type)?.({ waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
    await Promise.all(waits);
  };
  return {
    calls,
    install: () => settle('install'),
    activate: () => settle('activate'),
    /** What the worker answers; undefined where it leaves the request to the browser. */
    async ask(path: string, mode = 'no-cors', init: RequestInit = {}): Promise<string | undefined> {
      const request = new Request(`http://x${path}`, init);
      let answer: Promise<Response> | undefined;
      listeners.get('fetch')?.({
        request: Object.defineProperty(request, 'mode', { value: mode }),
        respondWith: (response: Promise<Response>) => {
          answer = response;
        },
      });
      const response = await answer;
      // Else a worker or a page would lose what stands after ? and # of the address that was asked for.
      expect(response?.url ?? '').toBe('');
      return response && (response.type === 'error' ? 'network error' : response.text());
    },
  };
}

/** A page names its files, as Next's do. */
const siteOf = (build: string): Map<string, string> =>
  new Map([
    [`/_next/static/chunks/${build}.js`, `code of ${build}`],
    ['/_next/static/chunks/both.js', 'code of both'],
    ['/wasm/1/a.wasm', 'wasm'],
    ['/edit', `<script src="/_next/static/chunks/${build}.js"></script>`],
    ['/docs', 'docs'],
  ]);
const buildOf = (id: string): Build => ({
  id,
  files: [...siteOf(id).keys()].filter((path) => /^\/(_next|wasm)\//.test(path)),
  pages: ['/edit'],
});
const pageOf = (id: string) => siteOf(id).get('/edit');

beforeEach(() => {
  kept = new Map();
  server = siteOf('A');
});

async function running(id: string) {
  const worker = start(buildOf(id));
  await worker.install();
  await worker.activate();
  return worker;
}

test('P10: what is installed is there when the server is gone: files, and pages with their headers', async () => {
  const worker = await running('A');
  expect(worker.calls).toEqual(['claim']);
  server = undefined;
  expect(await worker.ask('/_next/static/chunks/A.js')).toBe('code of A');
  expect(await worker.ask('/wasm/1/a.wasm', 'cors')).toBe('wasm');
  expect(await worker.ask('/edit?example=ring', 'navigate')).toBe(pageOf('A'));
  expect(kept.get('ganvas-A')?.get('/edit')?.headers.get('Content-Security-Policy')).toContain('nonce');
  expect(await worker.ask('/docs', 'navigate')).toBe('network error');
});

test('while there is a server, its pages are shown, and what it fails at is kept', async () => {
  const worker = await running('A');
  server?.set('/edit', 'newer');
  expect(await worker.ask('/edit', 'navigate')).toBe('newer');
  expect(await worker.ask('/nowhere', 'navigate')).toBe('Not Found');
});

test('P10: an old page finds its own files after a redeploy, and a new page those of the new build', async () => {
  const old = await running('A');
  server = siteOf('B');
  expect(await old.ask('/_next/static/chunks/A.js')).toBe('code of A');
  expect(await old.ask('/edit', 'navigate')).toBe(pageOf('B'));
  expect(await old.ask('/_next/static/chunks/B.js')).toBe('code of B');
});

test('a new build waits: until the old pages are closed both are kept, and the newest whole one is shown', async () => {
  const old = await running('A');
  server = siteOf('B');
  const next = start(buildOf('B'));
  await next.install();
  expect(next.calls).toEqual([]);
  server = undefined;
  expect(await old.ask('/edit', 'navigate')).toBe(pageOf('B'));
  expect(await old.ask('/_next/static/chunks/B.js')).toBe('code of B');
  expect(await old.ask('/_next/static/chunks/A.js')).toBe('code of A');
  kept.set('of-another-program', new Map());
  await next.activate();
  expect([...kept.keys()]).toEqual(['ganvas-B', 'of-another-program']);
});

test('half a build is not installed, and its page never shown', async () => {
  const old = await running('A');
  server = siteOf('B');
  server.delete('/wasm/1/a.wasm');
  const half = { ...buildOf('B'), files: [...buildOf('B').files, '/_next/static/chunks/gone.js'] };
  await expect(start(half).install()).rejects.toThrow();
  server = undefined;
  expect(await old.ask('/edit', 'navigate')).toBe(pageOf('A'));
  // A file that another build has kept is not asked for again.
  expect(kept.get('ganvas-B')?.has('/wasm/1/a.wasm')).toBe(true);
});

test('a page of another build is not kept', async () => {
  server?.set('/edit', pageOf('B') ?? '');
  await expect(start(buildOf('A')).install()).rejects.toThrow('/edit is not of the build A.');
});

test('only what is read of this host is answered', async () => {
  const worker = await running('A');
  for (const [path, mode, init] of [
    ['/edit', 'cors', {}],
    ['/schema/v2.json', 'cors', {}],
    ['/_next/static/chunks/A.js', 'cors', { method: 'POST' }],
  ] as const)
    expect(await worker.ask(path, mode, init)).toBe(path === '/edit' ? pageOf('A') : undefined);
});

test('switched off, it takes itself and all that was kept away', async () => {
  await running('A');
  const off = start(undefined);
  await off.install();
  await off.activate();
  expect(off.calls).toEqual(['skipWaiting', 'unregister']);
  expect(kept.size).toBe(0);
  expect(await off.ask('/edit', 'navigate')).toBeUndefined();
});
