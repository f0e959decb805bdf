/** Copies tfjs's WASM module to public/wasm, from where the worker loads it by absolute URL. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm');

/** The only build that is used: one thread, SIMD. */
const name = 'tfjs-backend-wasm-simd.wasm';
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));

/** With the version, so that what is at an address never changes. */
export const wasmPath = `/wasm/${version}/`;

export function copyAssets() {
  const target = join(root, 'public', wasmPath);
  mkdirSync(target, { recursive: true });
  const bytes = readFileSync(join(source, 'dist', name));
  const path = join(target, name);
  const isCurrent = existsSync(path) && readFileSync(path).equals(bytes);
  if (!isCurrent) writeFileSync(path, bytes);
  for (const other of readdirSync(dirname(target)))
    if (other !== version) rmSync(join(dirname(target), other), { recursive: true });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) copyAssets();
