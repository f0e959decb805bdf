import * as tf from '@tensorflow/tfjs-core';

/**
 * What a gradient will read, tfjs saves by a clone: a kernel call for each, 293 of the 740 in a step of a
 * DCGAN. A second owner of the same numbers needs no kernel. It hangs on the tape as a clone would, so that a
 * gradient can be differentiated.
 */
type Save = (tensors: tf.Tensor[]) => tf.Tensor[];

let stock: Save | undefined;

export function installTape(): void {
  const engine = tf.engine() as unknown as { saveTensorsForBackwardMode: Save };
  stock ??= engine.saveTensorsForBackwardMode;
  engine.saveTensorsForBackwardMode = (tensors) => tensors.map((tensor) => tf.keep(share(tensor)));
}

/** Back to clones, for comparisons. */
export function uninstallTape(): void {
  const engine = tf.engine() as unknown as { saveTensorsForBackwardMode: Save };
  if (stock) engine.saveTensorsForBackwardMode = stock;
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
