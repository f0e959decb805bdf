import { checkGraph } from '@/lib/check/check';
import type { CheckedNode } from '@/lib/check/checked';
import { averageCaption } from '@/lib/graph/average';
import { hasErrors } from '@/lib/graph/diagnostic';
import { formatShape } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { formatDiagnostic, loadGraph } from '../load';

/** A graph as text, for people: networks layer by layer, the game, cost, diagnostics. */
export async function show([name]: string[]): Promise<number> {
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checked = checkGraph(graph);
  const node = (id: string) => defined(checked.nodes.get(id), id);
  const lines = [graph.title, ''];
  for (const { network, order, parameters } of checked.networks.values()) {
    const ema = network.ema === undefined ? '' : `, EMA ${averageCaption(network.ema)}`;
    lines.push(`${network.name} (${network.id}): ${parameters.toLocaleString('en')} parameters${ema}`);
    lines.push(...order.map((id) => `  ${line(node(id))}`), '');
  }
  const { seed, batchSize, iterations, update } = graph.settings;
  lines.push(`Game: ${update}, batch ${batchSize}, ${iterations} iterations, seed ${seed}`);
  lines.push(...checked.order.map((id) => `  ${line(node(id))}`), '');
  const { parameters, multiplyAdds, bytes } = checked.cost;
  lines.push(
    `Cost: ${parameters.toLocaleString('en')} parameters, ${(multiplyAdds / 1e6).toFixed(1)} million multiply-adds and ${(bytes / 1e6).toFixed(1)} MB for one iteration`,
  );
  lines.push(...checked.diagnostics.map(formatDiagnostic));
  process.stdout.write(`${lines.join('\n')}\n`);
  return hasErrors(checked.diagnostics) ? 2 : 0;
}

function line({ node, definition, params, outputShapes, parameters, wiredFrom }: CheckedNode): string {
  const shapes = [...outputShapes].map(
    ([port, shape]) => (port === 'out' ? '' : `${port} `) + formatShape(shape),
  );
  const from = [...wiredFrom].flatMap(([, ends]) =>
    ends.map(({ id, port }) => (port === 'out' ? id : `${id}.${port}`)),
  );
  const caption = definition?.caption?.(params);
  return [
    node.id.padEnd(16),
    (definition?.title ?? `${node.kind} (unknown)`) + (caption ? ` ${caption}` : ''),
    shapes.length > 0 ? `→ ${shapes.join(', ')}` : '',
    parameters > 0 ? `${parameters.toLocaleString('en')} θ` : '',
    from.length > 0 ? `← ${from.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('  ');
}
