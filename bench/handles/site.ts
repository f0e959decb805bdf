import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle';

/** The workers' bundles, the .wasm files and an empty page, over HTTP. Not isolated: WASM gets one thread. */
export interface Site {
  readonly url: string;
  close(): void;
}

const page = `<!doctype html><title>bench</title><script>
  const workers = new Map();
  window.ask = (id, message) => new Promise((resolve, reject) => {
    const worker = workers.get(id);
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(message);
  });
  window.start = (id, script, message) => {
    workers.set(id, new Worker(script, { type: 'module' }));
    return window.ask(id, message);
  };
  window.end = (id) => workers.get(id)?.terminate();
</script>`;

const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/** A worker as one module. */
function bundleWorker(name: 'ours' | 'by-hand'): Promise<string> {
  const entry = fileURLToPath(new URL(`../browser/${name}.ts`, import.meta.url));
  return bundle(entry, {
    lib: { entry, formats: ['es'] },
    // Read in Node only, behind a condition.
    rollupOptions: { external: name === 'ours' ? ['@tensorflow/tfjs'] : [] },
  });
}

export async function openSite(): Promise<Site> {
  const scripts = new Map<string, string>();
  for (const name of ['ours', 'by-hand'] as const) scripts.set(`/${name}.js`, await bundleWorker(name));
  const server = createServer(async ({ url = '/' }, response) => {
    const script = scripts.get(url);
    if (script) return response.setHeader('content-type', 'text/javascript').end(script);
    const wasm = /^\/wasm\/([\w-]+\.wasm)$/.exec(url)?.[1];
    if (wasm)
      return response
        .setHeader('content-type', 'application/wasm')
        .end(await readFile(join(wasmFolder, wasm)));
    return response.setHeader('content-type', 'text/html').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
