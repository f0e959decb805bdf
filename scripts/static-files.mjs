/**
 * Next's scripts and styles, compressed once and not for every visit. Their addresses say their content, so what is
 * kept stays right.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const path = /^\/_next\/static\/((?:[\w~-]+\/)*[\w~.-]+\.(js|css))$/;
const compress = promisify(gzip);
/**
 * For the files of a build's folder `static`: answers a request, or says that it is for Next to answer. Those are other
 * files, files that are not there, and clients without gzip.
 */
export function createStaticFiles(folder) {
  const kept = new Map();
  return async function answerStatic(request, response) {
    const [, file, ending] = path.exec(request.url) ?? [];
    const { range, 'accept-encoding': encodings = '' } = request.headers;
    if (!file || request.method !== 'GET' || range || !/\bgzip\b/.test(encodings)) return false;
    if (!kept.has(file)) kept.set(file, readFile(join(folder, file)).then(compress));
    const bytes = await kept.get(file).catch(() => kept.delete(file) && undefined);
    if (!bytes) return false;
    response.writeHead(200, {
      'Content-Type': types[ending],
      'Content-Encoding': 'gzip',
      'Content-Length': bytes.length,
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
    });
    response.end(bytes);
    return true;
  };
}
