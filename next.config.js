/** Next's settings. Headers, the Content-Security-Policy among them, are set in proxy.ts for every response. */
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.GANVAS_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // scripts/build.mjs checks the types. Next rewrites a tsconfig.json, but not one that extends another.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
};

export default config;
