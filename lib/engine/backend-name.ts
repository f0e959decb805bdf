/** The backends that a game trains on. `cpu` is for tests and the command line. */
export const backendNames = ['webgl', 'wasm', 'webgpu', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];
