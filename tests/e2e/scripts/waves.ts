import { startBackend } from '@/lib/engine/backend';
import { range } from '@/lib/util/range';

declare global {
  interface Window {
    /** The largest difference of WebGPU's sines and cosines from true ones, of angles of several turns. */
    waveErrors(): Promise<readonly number[]>;
  }
}

window.waveErrors = async () => {
  const { tf } = await startBackend('webgpu');
  const angles = Float32Array.from(range(20_001), (i) => 40 * (i / 10_000 - 1));
  const worst = async (made: 'sin' | 'cos') => {
    const values = Float32Array.from(await tf[made](tf.tensor1d(angles)).data());
    return Math.max(...values.map((value, i) => Math.abs(value - Math[made](angles[i] as number))));
  };
  return [await worst('sin'), await worst('cos')];
};
