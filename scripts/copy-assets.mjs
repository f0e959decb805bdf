/** Copies tfjs's WASM module to public/wasm, from where the worker loads it by absolute URL. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The only build that is used: one thread, SIMD. */
const name = 'tfjs-backend-wasm-simd.wasm';

export function copyAssets() {
  const source = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const target = join(root, 'public/wasm');
  mkdirSync(target, { recursive: true });
  const bytes = readFileSync(join(source, name));
  const path = join(target, name);
  const isCurrent = existsSync(path) && readFileSync(path).equals(bytes);
  if (!isCurrent) writeFileSync(path, bytes);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) copyAssets();
