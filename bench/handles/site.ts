import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

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
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A worker as one module, made as a page would get it. */
async function bundle(name: 'ours' | 'by-hand'): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    publicDir: false,
    resolve: { alias: { '@': root } },
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL(`../browser/${name}.ts`, import.meta.url)), formats: ['es'] },
      rollupOptions: {
        output: { inlineDynamicImports: true },
        // Read in Node only, behind a condition.
        external: name === 'ours' ? ['@tensorflow/tfjs'] : [],
      },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`${name} was not built`);
  return output.output[0].code;
}

export async function openSite(): Promise<Site> {
  const scripts = new Map<string, string>();
  for (const name of ['ours', 'by-hand'] as const) scripts.set(`/${name}.js`, await bundle(name));
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
