import { wasmPath } from './scripts/copy-assets.mjs';

/** Next's settings. The Content-Security-Policy and its like are set in proxy.ts. */
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.GANVAS_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  env: { GANVAS_WASM: wasmPath },
  // Titles come within the head for everybody, not after the page where the machine is slow.
  htmlLimitedBots: /.*/,
  // The same sources are the same build, for caches that are kept by it.
  generateBuildId: () => process.env.GANVAS_BUILD_ID ?? null,
  headers: async () => [
    {
      source: '/wasm/:path*',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }],
    },
  ],
  // scripts/build.mjs checks the types. Next rewrites a tsconfig.json, but not one that extends another.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
};

export default config;
