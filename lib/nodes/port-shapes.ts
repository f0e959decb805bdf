import type { Shape } from '@/lib/shapes/shape';

/** Shapes on the wired inputs: one for a plain port, a list for a (many) port, absent if unwired. */
export type InputShapes = { readonly [port: string]: Shape | readonly Shape[] | undefined };
export type OutputShapes = { readonly [port: string]: Shape };
