import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Does each GAN learn? Trainings of minutes, each file on its own. GANVAS_SYSTEMS=fast keeps to the games that
 * train in seconds.
 */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['tests/systems/**/*.test.ts'],
    env: { GANVAS_SYSTEMS: process.env.GANVAS_SYSTEMS === 'fast' ? 'fast' : 'all' },
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
