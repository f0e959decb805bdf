/** Builds the app unless the last build was made from the same sources. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyAssets } from './copy-assets.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nextCommand = join(root, 'node_modules/next/dist/bin/next');

const sources = ['app', 'components', 'lib', 'public', 'proxy.ts', 'next.config.js', 'package-lock.json'];

/** Whether a build was needed; throws when it fails. */
export function buildIfNeeded() {
  const distDir = join(root, process.env.GANVAS_DIST_DIR ?? '.next');
  const stamp = join(distDir, 'ganvas-sources');
  copyAssets();
  const hash = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  const { status } = spawnSync(process.execPath, [nextCommand, 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error('The build failed; its output is above.');
  writeFileSync(stamp, hash);
  return true;
}

/** A hash of everything that a build reads, by path and content; tests are left out. */
function hashSources() {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    const absolute = join(root, path);
    if (!existsSync(absolute)) return;
    if (statSync(absolute).isDirectory()) {
      for (const name of readdirSync(absolute).sort()) visit(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) {
      const content = readFileSync(absolute);
      hash.update(`${path}\0${content.length}\0`).update(content);
    }
  };
  sources.forEach(visit);
  return hash.digest('hex');
}
