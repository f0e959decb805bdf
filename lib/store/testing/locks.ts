interface Request {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly hold: (lock: Lock | null) => Promise<unknown> | unknown;
  readonly reject: (error: unknown) => void;
  readonly resolve: (value: unknown) => void;
}

/** As much of the browser's lock manager as is used: one holder a name, a queue, abort, steal. */
export function fakeLocks({ answer = () => Promise.resolve() }: { answer?: () => Promise<void> } = {}) {
  const held = new Map<string, Request>();
  const granted = new Set<Request>();
  let queue: Request[] = [];

  async function grant(request: Request): Promise<void> {
    const { name } = request;
    held.set(name, request);
    await answer();
    if (!request.signal?.aborted) {
      granted.add(request);
      request.resolve(await request.hold({ name, mode: 'exclusive' }));
    }
    if (held.get(name) !== request) return;
    held.delete(name);
    const next = queue.find((waiting) => waiting.name === name);
    if (!next) return;
    queue = queue.filter((waiting) => waiting !== next);
    void grant(next);
  }

  const request = (name: string, options: LockOptions, hold: Request['hold']) =>
    new Promise((resolve, reject) => {
      const made: Request = { name, signal: options.signal, hold, resolve, reject };
      options.signal?.addEventListener('abort', () => {
        if (granted.has(made)) return;
        queue = queue.filter((waiting) => waiting !== made);
        reject(options.signal?.reason);
      });
      const holder = held.get(name);
      if (!holder) return void grant(made);
      if (options.ifAvailable) return void answer().then(() => resolve(hold(null)));
      if (!options.steal) return void queue.push(made);
      holder.reject(new DOMException('stolen', 'AbortError'));
      return void grant(made);
    });

  return {
    request,
    names: () => held.keys(),
  } as unknown as LockManager & {
    names(): Iterable<string>;
  };
}
