import { type Named, nameOf } from '@/lib/check/names';
import { THETA } from '@/lib/check/wiring';
import type { PortEnd } from './edited';

/** An end of a wire as people call it: `D(G(z))`, `labels of Dataset`, `θ of Generator`. */
export function portName(named: Named, { id, port, side }: PortEnd): string {
  const name = nameOf(named, id);
  if (named.networks.has(id)) return port === THETA ? `θ of ${name}` : `${port} of ${name}`;
  const node = named.nodes.get(id);
  const [only, ...others] = (side === 'input' ? node?.inputs : node?.outputs) ?? [];
  return others.length === 0 && only?.name === port ? name : `${port} of ${name}`;
}
