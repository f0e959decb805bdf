/**
 * `npm run test:e2e`: Playwright with a Chromium that was found and ports that are free. Its projects follow each
 * other, as far as they have tests of what is asked for; `--project=NAME` is one of them.
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
const isNamed = asked.some((arg) => arg.startsWith('--project='));
const projects = isNamed ? [[]] : [['--project=e2e'], ['--project=e2e-times']];
const found = projects.filter((project) => isNamed || run([...project, '--list'], 'ignore') === 0);
process.exit(Math.max(...(found.length > 0 ? found : projects).map((project) => run(project, 'inherit'))));

/** Its exit status. */
function run(args, stdio) {
  const all = [playwright, 'test', ...args, ...asked];
  return spawnSync(process.execPath, all, { cwd: root, stdio, env }).status ?? 1;
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
