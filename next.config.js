/** Next's settings. Headers, the Content-Security-Policy among them, are set in proxy.ts for every response. */
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.GANVAS_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run test:types` checks the types, once; Next's own check does not know TypeScript 7.
  typescript: { ignoreBuildErrors: true },
};

export default config;
