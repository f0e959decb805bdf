import { startBackend } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import { range } from '@/lib/util/range';

declare global {
  interface Window {
    /** The largest errors of a backend's sines and cosines, of angles of several turns. */
    sinCosErrors(backend: BackendName): Promise<readonly number[]>;
  }
}

window.sinCosErrors = async (backend) => {
  const { tf } = await startBackend(backend);
  const angles = Float32Array.from(range(20_001), (i) => 40 * (i / 10_000 - 1));
  const worst = async (kernel: 'sin' | 'cos') => {
    const values = Float32Array.from(await tf[kernel](tf.tensor1d(angles)).data());
    return Math.max(...values.map((value, i) => Math.abs(value - Math[kernel](angles[i] as number))));
  };
  return [await worst('sin'), await worst('cos')];
};
