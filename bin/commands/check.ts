import { checkGraph } from '@/lib/check/check';
import type { Checked } from '@/lib/check/checked';
import { hasErrors } from '@/lib/graph/diagnostic';
import { joinEndpoint } from '@/lib/graph/schema';
import { loadGraph } from '../load';

/** Diagnostics, shapes of all ports and cost as JSON; exit 2 where there are errors. */
export async function check([name]: string[]): Promise<number> {
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checked = checkGraph(graph);
  const { diagnostics, cost } = checked;
  process.stdout.write(
    `${JSON.stringify({ diagnostics, shapes: portShapes(checked), cost }, undefined, 2)}\n`,
  );
  return hasErrors(diagnostics) ? 2 : 0;
}

/** `node.port` → dims, of inputs and outputs. An input and an output may share a name: the input's has `in:` before it. */
function portShapes({ nodes, graph, wireShapes }: Checked): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  for (const [id, { outputShapes }] of nodes)
    for (const [port, { dims }] of outputShapes) shapes[joinEndpoint(id, port)] = dims;
  graph.wires.forEach(([, to], wire) => {
    const dims = wireShapes[wire]?.dims;
    if (dims) shapes[to in shapes ? `in:${to}` : to] ??= dims;
  });
  return shapes;
}
