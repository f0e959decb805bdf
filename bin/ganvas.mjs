/**
 * `npm run ganvas`: the command line from its TypeScript. esbuild, an optional package, bundles it when the sources
 * have changed; the bundle is kept in .cache, so that a command starts in half a second.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(root, process.env.GANVAS_BUNDLES ?? '.cache/ganvas');

const bundle = join(folder, `${stampOf(['bin', 'lib', 'package-lock.json', 'tsconfig.json'])}.mjs`);
if (!existsSync(bundle)) await writeBundle(bundle);
await import(pathToFileURL(bundle).href);

/** A name for the sources as they are: each file's path, size and time of its last change. */
function stampOf(paths) {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    const stat = statSync(join(root, path));
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(join(path, name));
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`);
  };
  for (const path of paths) visit(path);
  return hash.digest('hex').slice(0, 16);
}

async function writeBundle(path) {
  const { build } = await import('esbuild').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(
      'The command line needs the package esbuild, which is not installed. Install it: npm ci --include=optional',
    );
    process.exit(2);
  });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['bin/ganvas.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  // Another command may start now: it sees a whole bundle or none. Bundles of other sources go.
  for (const name of readdirSync(folder))
    if (name.endsWith('.mjs')) rmSync(join(folder, name), { force: true });
  const part = `${path}.${process.pid}`;
  writeFileSync(part, outputFiles[0].contents);
  renameSync(part, path);
}
