import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { glyphs } from '@/lib/data/glyphs/glyphs';
import { createStream } from '@/lib/util/random';
import type { Scale } from '../peers/convolutional';
import * as dcgan from '../peers/dcgan';
import * as dcganGlyphs from '../peers/dcgan-glyphs';
import * as ganLab from '../peers/gan-lab';
import * as glyphMlp from '../peers/glyph-mlp';
import type { Peer } from '../peers/peer';
import * as planeMlp from '../peers/plane-mlp';
import * as planeMlpPenalty from '../peers/plane-mlp-penalty';
import * as ring from '../peers/ring';
import * as wganGp from '../peers/wgan-gp';
import type { Backend, Side } from './side';

const IMAGES = 2_048;

const images = (size: number): Float32Array =>
  glyphs.draw(glyphs.options.parse({ size }), IMAGES, createStream('bench', 'glyphs')).x;

/** Grey images painted in three channels, each of its own brightness. */
const coloured = (grey: Float32Array): Float32Array =>
  Float32Array.from({ length: 3 * grey.length }, (_, i) => {
    const value = grey[Math.floor(i / 3)] as number;
    return [value, 0.5 * value, -value][i % 3] as number;
  });

const small: Scale = { base: 7, channels: 1, wide: 64, narrow: 32, batch: 32 };

const peers: Readonly<Record<string, () => Peer>> = {
  ring: ring.createPeer,
  'dcgan-glyphs': () => dcganGlyphs.createPeer(images(28)),
  'mlp-2d': planeMlp.createPeer,
  'mlp-2d-gp': planeMlpPenalty.createPeer,
  'mlp-784': () => glyphMlp.createPeer(images(28)),
  'gan-lab': ganLab.createPeer,
  'dcgan-28': () => dcgan.createPeer(images(28), small),
  'dcgan-28-wide': () => dcgan.createPeer(images(28), { ...small, wide: 128, narrow: 64, batch: 64 }),
  'wgan-gp-28': () => wganGp.createPeer(images(28), small),
  'dcgan-32': () => dcgan.createPeer(coloured(images(32)), { ...small, base: 8, channels: 3 }),
};

/** A hand-written tfjs loop on tfjs's own kernels. */
export async function createByHand(game: string, backend: Backend): Promise<Side> {
  const create = peers[game];
  if (!create) throw new Error(`There is no peer for ${game}.`);
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} did not start`);
  const peer = create();
  return {
    async run(iterations) {
      for (let i = 0; i < iterations; i++) peer.step();
      const samples = peer.sample();
      const values = await samples.data();
      samples.dispose();
      if (!values.every(Number.isFinite)) throw new Error(`The peer of ${game} no longer gives numbers.`);
    },
    async kernels() {
      const { kernels } = await tf.profile(() => {
        peer.step();
        return [];
      });
      return kernels.length;
    },
  };
}
