/** What was asked of the worker by number, until each is answered. */
interface Requests<T> {
  /** Sends a request by its number; undefined is answered where the worker goes away. */
  ask(send: (request: number) => void): Promise<T | undefined>;
  answer(request: number, answer: T): void;
  /** The worker is gone. */
  drop(): void;
}

export function createRequests<T>(): Requests<T> {
  const open = new Map<number, (answer: T | undefined) => void>();
  let asked = 0;
  return {
    ask(send) {
      const request = ++asked;
      send(request);
      return new Promise((resolve) => void open.set(request, resolve));
    },
    answer(request, answer) {
      open.get(request)?.(answer);
      open.delete(request);
    },
    drop() {
      for (const resolve of open.values()) resolve(undefined);
      open.clear();
    },
  };
}
