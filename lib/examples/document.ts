/**
 * The document of one example, not parsed yet, without the others: an address asks for one. Undefined where there is
 * none of this id.
 *
 * @throws what the bundler throws where it cannot be fetched.
 */
export async function loadDocument(id: string): Promise<unknown> {
  if (!/^[a-z0-9-]{1,60}$/.test(id)) return undefined;
  try {
    const module: { readonly default: unknown } = await import(`./${id}.json`);
    return module.default;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
