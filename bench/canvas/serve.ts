import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createProbe } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';

/** Both sides as their users get them: built for production and served over http. */
export interface Served {
  readonly url: string;
  stop(): void;
}

const root = join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export async function servePeer(): Promise<Served> {
  const outDir = join(root, '.cache/bench-canvas-peer');
  await build({
    root: join(import.meta.dirname, 'peer'),
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    esbuild: { jsx: 'automatic' },
    build: { outDir, emptyOutDir: true },
  });
  const server: Server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(outDir, path === '/' ? 'index.html' : path);
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, stop: () => server.close() };
}

/** The app as `npm start` serves it, built when needed; BENCH_URL names one that runs already. */
export async function serveApp(): Promise<Served> {
  const running = process.env.BENCH_URL;
  if (running) return { url: running, stop: () => {} };
  const port = await freePort();
  const server: ChildProcess = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 2, 2],
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; tries < 600; tries++) {
    if (
      await fetch(`${url}/schema/v1.json`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return { url, stop: () => void server.kill('SIGTERM') };
    if (server.exitCode !== null) throw new Error(`The app ended with ${server.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  server.kill('SIGTERM');
  throw new Error('The app did not start.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createProbe();
    probe.once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
