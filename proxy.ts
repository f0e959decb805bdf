import { type NextRequest, NextResponse } from 'next/server';
import { securityHeaders } from './scripts/security-headers.mjs';

/**
 * The headers of every page and file. Pages get a nonce of their own, which Next reads from the request's policy;
 * static files get the same policy, because what governs a worker is the policy on the worker's own script.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const isDevelopment = process.env.NODE_ENV === 'development';
  const secured = Object.entries(securityHeaders({ nonce, isDevelopment }));
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  for (const [name, value] of secured) headers.set(name, value);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of secured) response.headers.set(name, value);
  return response;
}
