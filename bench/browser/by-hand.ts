import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import { createByHand } from '../sides/by-hand';
import { serve } from './serve';

serve(({ game, backend }) => {
  setWasmPaths(new URL('/wasm/', self.location.origin).href);
  return createByHand(game, backend);
});
