import type { Checked } from '@/lib/check/checked';
import type { PortType } from '@/lib/nodes/define';
import type { PortEnd } from './edited';

/** What a port carries; a network has one, for θ. */
export function portTypeOf(checked: Checked, { id, port, side }: PortEnd): PortType | undefined {
  if (checked.networks.has(id)) return 'theta';
  const node = checked.nodes.get(id);
  return (side === 'output' ? node?.outputs : node?.inputs)?.find(({ name }) => name === port)?.type;
}
