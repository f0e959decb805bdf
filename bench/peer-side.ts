import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { glyphs } from '@/lib/data/glyphs/glyphs';
import { createStream } from '@/lib/util/random';
import * as dcganGlyphs from './peers/dcgan-glyphs';
import type { Peer } from './peers/peer';
import * as ring from './peers/ring';
import type { Side } from './side';

const IMAGES = 4_096;

const peers: Readonly<Record<string, () => Peer>> = {
  ring: ring.createPeer,
  'dcgan-glyphs': () =>
    dcganGlyphs.createPeer(glyphs.draw(glyphs.options.parse({}), IMAGES, createStream('bench', 'glyphs')).x),
};

/** A hand-written tfjs loop on tfjs's own kernels. */
export async function runPeer(game: string): Promise<Side> {
  const create = peers[game];
  if (!create) throw new Error(`There is no peer for ${game}.`);
  tf.enableProdMode();
  if (!(await tf.setBackend('wasm'))) throw new Error('WASM did not start');
  const peer = create();
  return {
    async run(iterations) {
      for (let i = 0; i < iterations; i++) peer.step();
      const samples = peer.sample();
      const values = await samples.data();
      samples.dispose();
      if (!values.every(Number.isFinite)) throw new Error(`The peer of ${game} no longer gives numbers.`);
    },
  };
}
