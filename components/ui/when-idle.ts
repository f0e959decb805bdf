/** Calls once the page has nothing else to do, after `atMostMs` at the latest; gives a function that calls it off. */
export function whenIdle(act: () => void, atMostMs: number): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, atMostMs / 3);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: atMostMs });
  return () => cancelIdleCallback(handle);
}
