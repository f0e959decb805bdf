/** The backends that a game trains on. `cpu` is for tests and the command line. */
export const backendNames = ['webgl', 'wasm', 'webgpu', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

interface BackendFacts {
  /** As people call it. */
  readonly title: string;
  /** What to go on with, in order, where it does not start or fails while it trains. */
  readonly fallbacks: readonly BackendName[];
  /** What to do where it does not start. */
  readonly hint: string;
  /** Its memory is the graphics device's. */
  readonly usesGraphics: boolean;
}

/** What is known of each without loading it. */
export const backends: Readonly<Record<BackendName, BackendFacts>> = {
  webgl: {
    title: 'WebGL',
    fallbacks: ['wasm', 'webgpu', 'cpu'],
    hint: 'Turn hardware acceleration on in the browser, or choose WASM.',
    usesGraphics: true,
  },
  wasm: {
    title: 'WASM',
    fallbacks: ['webgl', 'webgpu', 'cpu'],
    hint: 'The page must be able to load its .wasm files, and the browser must allow WebAssembly.',
    usesGraphics: false,
  },
  webgpu: {
    title: 'WebGPU',
    fallbacks: ['webgl', 'wasm', 'cpu'],
    hint: 'Choose WASM or WebGL: this browser or its driver has no WebGPU.',
    usesGraphics: true,
  },
  cpu: {
    title: 'JavaScript',
    fallbacks: [],
    hint: 'Please report this: it needs nothing but JavaScript.',
    usesGraphics: false,
  },
};
