const guarded = new WeakSet<object>();

/** A full heap hands out the address 0, and tfjs would write there: whoever asks for memory gets an error. */
export function refuseToOverflow(backend: unknown): void {
  const { wasm: heap } = backend as {
    readonly wasm: { _malloc(bytes: number): number; _free(at: number): void };
  };
  if (guarded.has(heap)) return;
  guarded.add(heap);
  // Their first call replaces them on the module.
  heap._free(heap._malloc(4));
  const { _malloc } = heap;
  heap._malloc = (bytes) => {
    // Sizes are taken modulo 4 GiB.
    const at = bytes < 2 ** 32 ? _malloc(bytes) : 0;
    if (at === 0 && bytes > 0) throw new Error(`out of memory: the WASM heap has no ${bytes} bytes left`);
    return at;
  };
}
