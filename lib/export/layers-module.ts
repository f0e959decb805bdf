import { customLayerName } from '@/lib/compile/layers-topology';
import { findDefinition } from '@/lib/nodes/registry';
import { defined } from '@/lib/util/assert';

/** An ES module that registers these kinds as layers of TensorFlow.js. */
export function registeringModule(kinds: readonly string[]): string {
  const layers = kinds.map((kind) => `  layer('${customLayerName(kind)}', ${lineOf(kind)});`);
  return `// Layers of this game that TensorFlow.js does not have:
//
//   import * as tf from '@tensorflow/tfjs';
//   import { register } from './layers.js';
//   register(tf);
//   const model = await tf.loadLayersModel('G/model.json');

export function register(tf) {
  const layer = (className, compute) => {
    class Custom extends tf.layers.Layer {
      static className = className;
      constructor(config) {
        super(config);
        this.about = config;
      }
      computeOutputShape() {
        return [null, ...this.about.dims];
      }
      call(given) {
        const { ports, params } = this.about;
        const inputs = {};
        (Array.isArray(given) ? given : [given]).forEach((x, i) => {
          (inputs[ports[i]] ??= []).push(x);
        });
        return tf.tidy(() => compute(inputs, params));
      }
      getConfig() {
        const { ports, params, dims } = this.about;
        return { ...super.getConfig(), ports, params, dims };
      }
    }
    tf.serialization.registerClass(Custom);
  };
${layers.join('\n')}
}
`;
}

function lineOf(kind: string): string {
  const definition = findDefinition(kind);
  const line = definition?.role === 'op' ? definition.layersLine : undefined;
  return defined(line, `a line of ${kind} in tfjs`);
}
