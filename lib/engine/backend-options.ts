/** What a start of a backend is given, whichever it is. */
export interface BackendOptions {
  /** Absolute URL (browser) or path (Node) of the folder of the .wasm files; Node finds its own without. */
  readonly assets?: string;
  /** Leave tfjs's own kernels and tape in place, but for kernels that it lacks; for comparisons. */
  readonly stockKernels?: boolean;
  /** How long a start may take. Default 15 s. */
  readonly timeoutMs?: number;
  /** WebGL or WebGPU lost its device: weights on it are gone and reads no longer resolve. */
  readonly onLost?: (reason: string) => void;
}

/** What a backend's own start gives back. */
export interface Started {
  readonly notes: readonly string[];
  /** Why what was read since the last call is not to be trusted: the device is lost or out of memory. */
  readonly failure?: () => string | undefined;
}
