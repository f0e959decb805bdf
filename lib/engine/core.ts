import * as tf from '@tensorflow/tfjs-core';
import { installGradients } from './gradients/install';

/**
 * tfjs-core with its gradients registered and corrected. The gradients' own file is an ES module that only a
 * bundler can read; in Node the union package registers the same ones.
 */
export type Tf = typeof tf;

const isNode = (): boolean => typeof process !== 'undefined' && Boolean(process.versions?.node);

let loading: Promise<Tf> | undefined;

export function loadCore(): Promise<Tf> {
  loading ??= (async () => {
    if (isNode()) await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ '@tensorflow/tfjs');
    else await import('@tensorflow/tfjs-core/dist/register_all_gradients');
    tf.enableProdMode(); // no advice on the console
    installGradients();
    return tf;
  })();
  return loading;
}
