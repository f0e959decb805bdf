import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStaticFiles } from './static-files.mjs';

const folder = mkdtempSync(join(tmpdir(), 'static-'));
const answerStatic = createStaticFiles(folder);
const server = createServer(async (request, response) => {
  if (!(await answerStatic(request, response))) response.writeHead(404).end();
});
let origin: string;
beforeAll(async () => {
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks/a-b_c.js'), 'go()');
  writeFileSync(join(folder, 'chunks/a.map'), '{}');
  writeFileSync(join(folder, '../outside.js'), 'no()');
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  rmSync(join(folder, '../outside.js'));
});

test('a script comes compressed, with what it is, and may be kept for ever', async () => {
  for (let i = 0; i < 2; i++) {
    const response = await fetch(`${origin}/_next/static/chunks/a-b_c.js`);
    expect(await response.text()).toBe('go()');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
  }
});

test.each([
  ['/_next/static/chunks/none.js', {}],
  ['/_next/static/chunks/a.map', {}],
  ['/_next/static/..%2foutside.js', {}],
  ['/_next/static/%2e%2e/outside.js', {}],
  ['/_next/static/chunks/a-b_c.js', { 'Accept-Encoding': 'identity' }],
  ['/_next/static/chunks/a-b_c.js', { Range: 'bytes=0-1' }],
  ['/other.js', {}],
])('%s with %j is for Next to answer', async (path, headers) => {
  expect((await fetch(origin + path, { headers })).status).toBe(404);
});
