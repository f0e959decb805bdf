import { useMemo } from 'react';
import { useEditor, useSession } from '@/components/hooks/stores';
import type { Checked } from '@/lib/check/checked';
import { canConnect } from '@/lib/edit/can-connect';
import { checkedOf } from '@/lib/edit/checked-of';
import type { PortEnd } from '@/lib/edit/edited';
import { portTypeOf } from '@/lib/edit/port-type';
import { joinEndpoint, type Wire } from '@/lib/graph/schema';
import { boxOf, contains, type Point } from '@/lib/layout/boxes';

/** The wire between two ports, in its direction, or undefined where both are on the same side. */
export function wireBetween(a: PortEnd, b: PortEnd): Wire | undefined {
  if (a.side === b.side) return undefined;
  const [from, to] = a.side === 'output' ? [a, b] : [b, a];
  return [joinEndpoint(from.id, from.port), joinEndpoint(to.id, to.port)];
}

/** Why a wire between two ports would be wrong, or undefined where it fits. */
export function wireProblem(checked: Checked, a: PortEnd, b: PortEnd): string | undefined {
  const wire = wireBetween(a, b);
  if (!wire) return a.side === 'output' ? 'A wire ends at an input.' : 'A wire starts at an output.';
  const fit = canConnect(checked, wire[0], wire[1]);
  return fit.ok ? undefined : fit.reason;
}

/** While a wire is drawn: why it does not fit this port. */
export function useFit(on: boolean, port: PortEnd): string | undefined {
  const graph = useEditor((state) => (on ? state.shown : undefined));
  const wiring = useSession((state) => state.wiring);
  const { id, port: name, side } = port;
  return useMemo(
    () => (graph && wiring ? wireProblem(checkedOf(graph), wiring, { id, port: name, side }) : undefined),
    [graph, wiring, id, name, side],
  );
}

/** The network at a point whose call would take a wire of the game that is let go there. */
export function calledBy(checked: Checked, from: PortEnd, at: Point): string | undefined {
  const isOfGame = checked.nodes.get(from.id)?.node.network === undefined;
  if (!isOfGame || portTypeOf(checked, from) !== 'tensor') return undefined;
  return checked.graph.networks.findLast(({ id }) => {
    const box = boxOf(checked, id);
    return box !== undefined && contains(box, at);
  })?.id;
}
