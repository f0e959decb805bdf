/**
 * What this browser says about its GPU and its means of computing, without loading tfjs. Works in a page and
 * in a worker; in Node there is no GPU.
 */
interface Gpu {
  /** `ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 …)`, or undefined where the browser does not say. */
  readonly renderer: string | undefined;
  /** The renderer is not one of the known software ones. */
  readonly hardware: boolean;
}

export interface Machine {
  readonly gpu: Gpu | undefined;
  readonly webgpu: boolean;
  readonly wasm: boolean;
  /** Cross-origin isolated. */
  readonly isolated: boolean;
  readonly cores: number;
  /** tfjs's WebGL throws in the workers of Safari. */
  readonly safari: boolean;
}

const softwareRenderers =
  /swiftshader|llvmpipe|softpipe|software|basic render|mesa offscreen|virtualbox|svga3d/i;

/** An unknown renderer counts as hardware: browsers that hide it fall back to software rarely. */
export const isSoftwareRenderer = (renderer: string): boolean => softwareRenderers.test(renderer);

/** Undefined where there is no WebGL 2 at all. */
function describeGpu(): Gpu | undefined {
  const canvas = makeCanvas();
  const gl = canvas?.getContext('webgl2') as WebGL2RenderingContext | null | undefined;
  if (!gl) return undefined;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const given: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  const renderer = typeof given === 'string' && given !== '' ? given : undefined;
  return { renderer, hardware: renderer === undefined || !isSoftwareRenderer(renderer) };
}

export function describeMachine(): Machine {
  const here = globalThis as { crossOriginIsolated?: boolean; navigator?: Navigator };
  const agent = here.navigator?.userAgent ?? '';
  return {
    gpu: describeGpu(),
    webgpu: here.navigator !== undefined && 'gpu' in here.navigator,
    wasm: typeof WebAssembly !== 'undefined',
    isolated: here.crossOriginIsolated === true,
    cores: here.navigator?.hardwareConcurrency ?? 1,
    safari: /safari/i.test(agent) && !/chrom|android/i.test(agent),
  };
}

function makeCanvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  if (typeof document !== 'undefined') return document.createElement('canvas');
  return undefined;
}
