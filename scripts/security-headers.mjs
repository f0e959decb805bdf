/** The headers of every response. proxy.ts sets those of pages, with a nonce; serve.mjs those of all that Next answers before it. */
const fixedHeaders = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** With these the page shares its process with no other site, and may measure time finely. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Without a nonce no inline script runs. */
export function securityHeaders({ nonce, isDevelopment = false } = {}) {
  return {
    'Content-Security-Policy': contentSecurityPolicy(nonce ? ` 'nonce-${nonce}'` : '', isDevelopment),
    ...fixedHeaders,
    ...(process.env.GANVAS_NO_ISOLATION === '1' ? {} : isolationHeaders),
  };
}

/** React rebuilds server stacks with eval in development, and only there. */
const contentSecurityPolicy = (nonce, isDevelopment) =>
  [
    "default-src 'self'",
    `script-src 'self'${nonce} 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "worker-src 'self'",
    `style-src 'self'${nonce}`,
    // KaTeX and React Flow place things by style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
