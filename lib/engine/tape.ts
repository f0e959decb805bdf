import * as tf from '@tensorflow/tfjs-core';

/**
 * What a gradient will read, tfjs saves by a clone: a kernel call for each, 293 of the 740 in a step of a
 * DCGAN. A second owner of the same numbers needs no kernel. It hangs on the tape as a clone would, so that a
 * gradient can be differentiated.
 */
interface Patched {
  readonly state: { readonly gradientDepth: number };
  saveTensorsForBackwardMode(tensors: tf.Tensor[]): tf.Tensor[];
  gradients: ReturnType<typeof tf.engine>['gradients'];
}

const engine = () => tf.engine() as unknown as Patched;

let stock: Pick<Patched, 'saveTensorsForBackwardMode' | 'gradients'> | undefined;

/** What the gradient at work has saved: it is freed on the way back, which a forward pass that throws never goes. */
const saved: tf.Tensor[] = [];

export function installTape(): void {
  const patched = engine();
  stock ??= {
    saveTensorsForBackwardMode: patched.saveTensorsForBackwardMode,
    gradients: patched.gradients,
  };
  const { gradients } = stock;
  patched.saveTensorsForBackwardMode = (tensors) => {
    const kept = tensors.map((tensor) => tf.keep(share(tensor)));
    saved.push(...kept);
    return kept;
  };
  patched.gradients = <T extends tf.Tensor>(...given: Parameters<typeof gradients<T>>) => {
    const isOutermost = patched.state.gradientDepth === 0;
    try {
      return gradients.apply(tf.engine(), given) as ReturnType<typeof gradients<T>>;
    } catch (error) {
      if (isOutermost) for (const tensor of saved) tensor.dispose();
      throw error;
    } finally {
      if (isOutermost) saved.length = 0;
    }
  };
}

/** Back to what tfjs does, for comparisons. */
export function uninstallTape(): void {
  if (stock) Object.assign(engine(), stock);
}

/** Another owner of the same numbers, tied to them on the tape. */
export function share(x: tf.Tensor): tf.Tensor {
  const engine = tf.engine();
  const y = engine.makeTensorFromTensorInfo(x);
  engine.backend.incRef(x.dataId);
  const tape = engine as unknown as {
    state: { gradientDepth: number };
    addTapeNode(
      kernel: string,
      inputs: tf.NamedTensorMap,
      outputs: tf.Tensor[],
      gradient: (dy: tf.Tensor) => { x: () => tf.Tensor },
      saved: tf.Tensor[],
      attrs: tf.NamedAttrMap,
    ): void;
  };
  if (tape.state.gradientDepth > 0)
    tape.addTapeNode('Share', { x }, [y], (dy) => ({ x: () => share(dy) }), [], {});
  return y;
}
