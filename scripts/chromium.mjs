/** Finds a Chromium that starts, or installs one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The path of a Chromium; throws with what to do when there is none and none can be installed. */
export async function ensureChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (starts(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, and that does not start.`);
  }
  const found = await findChromium();
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  const installs = [
    ['npx', 'playwright', 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium'],
    ...(isRoot
      ? [['sh', '-c', 'apt-get update && apt-get install -y --no-install-recommends chromium']]
      : []),
  ];
  for (const [command, ...args] of installs) {
    console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
    spawnSync(command, args, { stdio: 'inherit', env: installEnvironment });
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Error('No Chromium found. Install one, or give its path in CHROMIUM_PATH.');
}

const installEnvironment = {
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
};

async function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const { chromium } = await import('playwright');
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    chromium.executablePath(),
  ];
  return candidates.find((path) => existsSync(path) && starts(path));
}

/** A package's stub or a browser without its libraries is there and does not start. */
const starts = (path) => spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
