/**
 * `npm run test:e2e`: Playwright with a Chromium that was found and ports that are free. Two browsers at once,
 * then the tests of time in one; `--project` names one of the two.
 */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildIfNeeded, root } from './build.mjs';
import { ensureChromium } from './chromium.mjs';

await buildIfNeeded();

const env = {
  ...process.env,
  CHROMIUM_PATH: await ensureChromium(),
  GANVAS_E2E_PORT: process.env.GANVAS_E2E_PORT ?? String(await findFreePort()),
  GANVAS_E2E_PLAIN_PORT: process.env.GANVAS_E2E_PLAIN_PORT ?? String(await findFreePort()),
  // Both servers serve this one build.
  GANVAS_SKIP_BUILD: '1',
  NEXT_TELEMETRY_DISABLED: '1',
};
const playwright = join(root, 'node_modules/playwright/cli.js');
const asked = process.argv.slice(2);
const projects = ['pages', 'measured'].filter(
  (project) => !asked.some((arg) => arg.startsWith('--project=')) || asked.includes(`--project=${project}`),
);
process.exit(Math.max(...projects.map(runProject)));

/** Its exit status. */
function runProject(project) {
  const workers = project === 'pages' ? 2 : 1;
  const args = [`--project=${project}`, `--workers=${workers}`, '--pass-with-no-tests'];
  const rest = asked.filter((arg) => !arg.startsWith('--project='));
  const { status } = spawnSync(process.execPath, [playwright, 'test', ...args, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return status ?? 1;
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
