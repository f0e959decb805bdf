import { defineConfig } from 'playwright/test';

/** The built app in a real Chromium. `npm run test:e2e` finds the browser and a free port. */
const port = Number(process.env.GANVAS_E2E_PORT ?? 3100);
const plainPort = Number(process.env.GANVAS_E2E_PLAIN_PORT ?? 3101);
const executablePath = process.env.CHROMIUM_PATH;

/** Tests of time: a page fills two cores by itself, and another browser beside it would be measured too. */
const ofTime = /(expected|first-load|large|responsive|training)\.spec\.ts$/;

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // scripts/e2e.mjs runs the one in two browsers at once, then the other in one.
  workers: 2,
  projects: [
    { name: 'e2e', testIgnore: ofTime },
    // Another program that takes the processor spoils a comparison of times.
    { name: 'e2e-times', testMatch: ofTime, workers: 1, retries: 3 },
  ],
  // For a machine three times as slow as a laptop. No test measures by these limits.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    // A trace takes the page's own time, which some tests measure.
    trace: 'off',
    // Tests answer some requests themselves, which they do not see where a service worker asks. offline.spec.ts allows it.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    viewport: { width: 1600, height: 900 },
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // The second one serves the same build without cross-origin isolation.
  webServer: [serve(port), serve(plainPort, { GANVAS_NO_ISOLATION: '1' })],
});

function serve(onPort: number, env: Record<string, string> = {}) {
  return {
    command: 'node scripts/start.mjs',
    env: { PORT: String(onPort), ...env },
    url: `http://localhost:${onPort}/schema/v1.json`,
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
  };
}
