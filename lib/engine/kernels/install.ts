import type { BackendName } from '../backend-name';

/** Kernels that tfjs lacks or has slow, registered in one place. */
export function installKernels(_backend: BackendName): void {}
