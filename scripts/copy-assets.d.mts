/** Where the app serves tfjs's WASM module: `/wasm/4.22.0/`. */
export const wasmPath: string;
