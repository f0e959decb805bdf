/** Between two frames. */
const MILLISECONDS = 350;

/** Calls for the next frame at an even pace, as long as nobody has asked for stillness. Gives a function that ends it. */
export function playFrames(next: () => void): () => void {
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  const timer = setInterval(() => {
    if (!stillness.matches) next();
  }, MILLISECONDS);
  return () => clearInterval(timer);
}
