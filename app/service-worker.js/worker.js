/**
 * Keeps a whole build in the browser, so that the page works when server or network are gone, and an open page finds
 * its own files after a redeploy. `build` (id, files, pages) is put before this text by route.ts; without one the
 * worker takes itself away.
 *
 * The address of a file says its content, so it is the same in every build that has it. A new worker waits until no
 * page is open that the old one serves; only then are older builds deleted.
 */
const PREFIX = 'ganvas-';

addEventListener('install', (event) => {
  if (build) event.waitUntil(keepBuild());
  else skipWaiting();
});

addEventListener('activate', (event) => {
  event.waitUntil(build ? begin() : retire());
});

addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (!build || method !== 'GET' || origin !== location.origin) return;
  if (mode === 'navigate' || build.pages.includes(pathname)) event.respondWith(pageOf(event, pathname));
  else if (/^\/(_next\/static|wasm)\//.test(pathname)) event.respondWith(fileOf(event.request, pathname));
});

/** All or nothing: where a part cannot be had, the worker is not installed, and a later visit goes on from here. */
async function keepBuild() {
  const cache = await caches.open(PREFIX + build.id);
  for (const path of build.files) {
    const kept = await caches.match(path);
    if (kept) await cache.put(path, kept);
    else await cache.add(path);
  }
  // Pages come last: a cache that has them is whole.
  const pages = await Promise.all(build.pages.map(fetchPage));
  for (const [path, page] of pages) await cache.put(path, page);
}

/** A page with its headers: the policy's nonce belongs to the one in the text. */
async function fetchPage(path) {
  const page = await fetch(path, { cache: 'reload' });
  const text = await page.clone().text();
  const files = text.match(/\/_next\/static\/[^"\\]+?\.(js|css)/g) ?? [];
  if (!page.ok || !files.every((file) => build.files.includes(file)))
    throw new Error(`${path} is not of the build ${build.id}.`);
  return [path, page];
}

async function begin() {
  await deleteCaches((name) => name !== PREFIX + build.id);
  // The network need not wait for this worker to start.
  await registration.navigationPreload?.enable();
  await clients.claim();
}

async function retire() {
  await deleteCaches(() => true);
  await registration.unregister();
}

async function deleteCaches(isDue) {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && isDue(name)).map((name) => caches.delete(name)),
  );
}

/** What the server has, or where it cannot be had what the newest build has that is kept whole. */
async function pageOf({ request, preloadResponse }, path) {
  const fromServer = async () => (await preloadResponse) ?? fetch(request);
  const page = await fromServer().catch(() => undefined);
  if (page && page.status < 500) return page;
  return (await keptPage(path)) ?? page ?? Response.error();
}

async function keptPage(path) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  for (const name of names.reverse()) {
    const page = await (await caches.open(name)).match(path);
    if (page) return withoutAddress(page);
  }
  return undefined;
}

async function fileOf(request, path) {
  const file = await caches.match(path);
  return file ? withoutAddress(file) : fetch(request);
}

/** So the asked one holds: what a worker or a page is given after ? and # would be lost with the kept one. */
const withoutAddress = (response) => new Response(response.body, response);
