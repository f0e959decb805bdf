/** Images made smaller by averaging squares of `factor` pixels; what is left over at the far edges is cut off. */
export function shrinkImages(
  pixels: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  factor: number,
): Float32Array {
  if (factor === 1) return pixels;
  const [rows, columns] = [Math.floor(height / factor), Math.floor(width / factor)];
  const count = pixels.length / (height * width * channels);
  const out = new Float32Array(count * rows * columns * channels);
  for (let image = 0; image < count; image++)
    for (let y = 0; y < rows * factor; y++)
      for (let x = 0; x < columns * factor; x++)
        for (let k = 0; k < channels; k++) {
          const to =
            ((image * rows + Math.floor(y / factor)) * columns + Math.floor(x / factor)) * channels + k;
          const from = ((image * height + y) * width + x) * channels + k;
          out[to] = (out[to] as number) + (pixels[from] as number) / (factor * factor);
        }
  return out;
}
