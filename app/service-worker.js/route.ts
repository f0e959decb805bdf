import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The service worker of this build: worker.js, and before it what there is to keep. */
export const dynamic = 'force-dynamic';

/** Where the server runs; the files are not for the bundler to gather. */
const pathOf = (path: string): string => join(/* turbopackIgnore: true */ process.cwd(), path);
const dist = process.env.GANVAS_DIST_DIR ?? '.next';
/** Where it is switched off, browsers that have one get a worker that takes itself away. */
const isOff = process.env.NODE_ENV !== 'production' || process.env.GANVAS_NO_SERVICE_WORKER === '1';
export async function GET(): Promise<Response> {
  const build = isOff ? undefined : await describeBuild();
  const worker = await readFile(pathOf('app/service-worker.js/worker.js'), 'utf8');
  return new Response(`const build = ${JSON.stringify(build)};\n${worker}`, {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'no-cache' },
  });
}

/** Files have addresses that say their content; pages and their pictures are asked for anew while there is a server. */
async function describeBuild() {
  const id = (await readFile(pathOf(`${dist}/BUILD_ID`), 'utf8')).trim();
  const files = [
    ...(await filesIn(`${dist}/static`, '/_next/static', /\.(js|css|woff2|svg)$/)),
    ...(await filesIn('public/wasm', '/wasm', /\.wasm$/)),
  ];
  const pictures = await filesIn('public/examples', '/examples', /\.png$/);
  return {
    // The same build with other headers is another one: its pages are kept with them.
    id: process.env.GANVAS_NO_ISOLATION === '1' ? `${id}-plain` : id,
    files: files.filter((path) => !path.includes(`/${id}/`)),
    pages: [...pictures, '/', '/edit'],
  };
}

async function filesIn(folder: string, address: string, wanted: RegExp): Promise<string[]> {
  const names = await readdir(pathOf(folder), { recursive: true });
  const paths = names.map((name) => `${address}/${name.replaceAll('\\', '/')}`);
  return paths.filter((path) => wanted.test(path)).sort();
}
