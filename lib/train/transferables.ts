/** The buffers of all typed arrays in a message, each once: they are moved to the page, not copied. */
export function transferables(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (ArrayBuffer.isView(value)) {
      if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
      return;
    }
    for (const part of Object.values(value)) visit(part);
  };
  visit(message);
  return [...found];
}
