/** The backends that a game trains on. `cpu` is for tests and the command line. */
export const backendNames = ['webgl', 'wasm', 'webgpu', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** As people call them. */
export const backendTitles: Record<BackendName, string> = {
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'JavaScript',
};

/** What to go on with, in order, where a backend does not start or fails while it trains. */
export const fallbacks: Record<BackendName, readonly BackendName[]> = {
  webgpu: ['webgl', 'wasm', 'cpu'],
  webgl: ['wasm', 'webgpu', 'cpu'],
  wasm: ['webgl', 'webgpu', 'cpu'],
  cpu: [],
};
