/** Builds the app and checks the types of the tree, each unless that was done for the same sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addCompileHints } from './compile-hints.mjs';
import { copyAssets } from './copy-assets.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nextCommand = join(root, 'node_modules/next/dist/bin/next');
const tscCommand = join(root, 'node_modules/typescript/bin/tsc');

const app = [
  ...['app', 'components', 'lib', 'public'],
  ...[
    'proxy.ts',
    'scripts/compile-hints.mjs',
    'scripts/copy-assets.mjs',
    'scripts/security-headers.mjs',
    'next.config.js',
    'package-lock.json',
  ],
];
const notTypeScript = /^(\.git|\.cache|\.next.*|node_modules|out|public|test-results|playwright-report)$/;

export const distDir = join(root, process.env.GANVAS_DIST_DIR ?? '.next');

/** What is done, the sources that it reads, and the file that says for which sources it was done. */
const build = {
  what: 'build',
  sources: () => app.flatMap(filesOf).filter((path) => !/\.test\.tsx?$/.test(path)),
  stamp: join(distDir, 'ganvas-sources'),
  command: [nextCommand, 'build'],
  after: () => addCompileHints(join(distDir, 'static/chunks')),
};
const types = {
  what: 'check of the types',
  sources: () => [
    ...readdirSync(root)
      .filter((name) => !notTypeScript.test(name))
      .flatMap(filesOf)
      .filter((path) => /\.tsx?$/.test(path)),
    'tsconfig.json',
    'package-lock.json',
  ],
  stamp: join(root, '.cache/ganvas-types'),
  command: [tscCommand, '--noEmit', '--pretty'],
};

/** Whether anything was to be done; throws when it fails. */
export async function buildIfNeeded() {
  copyAssets();
  const hasCompiler = existsSync(tscCommand);
  if (!hasCompiler) console.log('The types are not checked: typescript is not installed.');
  const done = await Promise.allSettled([build, ...(hasCompiler ? [types] : [])].map(runIfNeeded));
  const failed = done.flatMap(({ reason }) => (reason ? [reason.message] : []));
  if (failed.length > 0) throw new Error(failed.join('\n'));
  return done.some(({ value }) => value);
}

async function runIfNeeded({ what, sources, stamp, command, after }) {
  const hash = hashOf(sources());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  // What an interrupted build leaves belongs to no sources.
  rmSync(stamp, { force: true });
  const status = await run(command, { GANVAS_BUILD_ID: hash.slice(0, 16) });
  if (status !== 0) throw new Error(`The ${what} failed; its output is above.`);
  after?.();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

const run = (command, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    child.on('error', reject).on('exit', resolve);
  });

/** The file, or the paths of all files in a folder in a fixed order. */
function filesOf(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
