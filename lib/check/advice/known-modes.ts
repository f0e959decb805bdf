import type { Modes } from '@/lib/data/truth';
import { resolveParams } from '@/lib/nodes/params';
import type { CheckedNode } from '../checked';

/** The modes of a source, where it knows some. */
export const knownModes = ({ definition, params }: CheckedNode): Modes | undefined =>
  definition?.role === 'source' ? definition.truth?.(resolveParams(params, 0)).modes : undefined;
