/** Copies tfjs's WASM modules to public/wasm, from where the worker loads them by absolute URL. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export function copyAssets() {
  const source = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const target = join(root, 'public/wasm');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source).filter((file) => file.endsWith('.wasm'))) {
    const bytes = readFileSync(join(source, name));
    const path = join(target, name);
    const isCurrent = existsSync(path) && readFileSync(path).equals(bytes);
    if (!isCurrent) writeFileSync(path, bytes);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) copyAssets();
