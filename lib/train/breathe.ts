/** Lets messages in. A MessageChannel turns the event loop without a timer's 4 ms clamp. */
export function createBreathe(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let resolve: (() => void) | undefined;
  port1.onmessage = () => resolve?.();
  return () =>
    new Promise((done) => {
      resolve = done;
      port2.postMessage(0);
    });
}
