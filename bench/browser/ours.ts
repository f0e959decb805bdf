import { createOurs } from '../sides/ours';
import { serve } from './serve';

serve(({ backend, plain = false }, document) =>
  createOurs(document, backend, {
    assets: new URL('/wasm', self.location.origin).href,
    stockKernels: plain,
    timeoutMs: 60_000,
  }),
);
