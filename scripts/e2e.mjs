/** `npm run test:e2e`: Playwright with a Chromium that was found and a port that is free. */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './build.mjs';
import { ensureChromium } from './chromium.mjs';

const env = {
  ...process.env,
  CHROMIUM_PATH: await ensureChromium(),
  GANVAS_E2E_PORT: process.env.GANVAS_E2E_PORT ?? String(await findFreePort()),
  NEXT_TELEMETRY_DISABLED: '1',
};
const playwright = join(root, 'node_modules/playwright/cli.js');
const { status } = spawnSync(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);

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
