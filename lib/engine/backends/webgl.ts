import type { BackendOptions, Started } from '../backend-options';
import type { Tf } from '../core';
import { within } from './within';

/** Freed textures are kept for reuse up to this many bytes, and deleted beyond. */
const textureBudget = 512 * 2 ** 20;

/** WebGL 2, through OffscreenCanvas in a worker. */
export async function startWebgl(tf: Tf, options: BackendOptions): Promise<Started> {
  const webgl = await import('@tensorflow/tfjs-backend-webgl');
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', textureBudget);
  const limit = options.timeoutMs ?? 15_000;
  if (!(await within(tf.setBackend('webgl'), limit, 'creating a context')))
    throw new Error('no WebGL 2 context here');
  const backend = tf.backend();
  if (!(backend instanceof webgl.MathBackendWebGL)) return { notes: [] };
  const { gl } = backend.gpgpu;
  gl.canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    options.onLost?.('the WebGL context was lost');
  });
  return {
    notes: [],
    failure: () => {
      if (gl.isContextLost()) return 'the WebGL context was lost';
      return gl.getError() === gl.OUT_OF_MEMORY ? 'out of memory on the graphics device' : undefined;
    },
  };
}
