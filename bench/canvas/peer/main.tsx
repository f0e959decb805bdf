import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from 'reactflow';
import 'reactflow/dist/style.css';

/**
 * React Flow as it comes, as its own quick start has it: default nodes with the document's labels and as many
 * handles, sizes measured by it, all nodes mounted. Nothing is checked, drawn by shape or saved.
 */
interface Document {
  readonly networks: readonly { id: string; name: string; at: [number, number]; size: [number, number] }[];
  readonly nodes: readonly {
    id: string;
    kind: string;
    network?: string;
    at: [number, number];
    title?: string;
  }[];
  readonly wires: readonly (readonly [string, string])[];
}

/** For nodes with more than one handle on a side, which the default node has not: a custom node by the book. */
function Several({ data }: NodeProps<Node<{ label: string; inputs: string[]; outputs: string[] }>>) {
  return (
    <>
      {data.inputs.map((id, i) => (
        <Handle key={id} id={id} type="target" position={Position.Left} style={{ top: 10 + 14 * i }} />
      ))}
      {data.label}
      {data.outputs.map((id, i) => (
        <Handle key={id} id={id} type="source" position={Position.Right} style={{ top: 10 + 14 * i }} />
      ))}
    </>
  );
}

const nodeTypes = { several: Several };

function convert(document: Document): { nodes: Node[]; edges: Edge[] } {
  const inputs = new Map<string, Set<string>>();
  const outputs = new Map<string, Set<string>>();
  const note = (map: typeof inputs, end: string) => {
    const [id = '', port = ''] = end.split('.');
    map.set(id, (map.get(id) ?? new Set()).add(port));
  };
  for (const [from, to] of document.wires) {
    note(outputs, from);
    note(inputs, to);
  }
  const frames = document.networks.map(
    ({ id, name, at, size }): Node => ({
      id,
      type: 'group',
      position: { x: at[0], y: at[1] },
      data: { label: name },
      style: { width: size[0], height: size[1] },
    }),
  );
  const isPlain = (id: string) => (inputs.get(id)?.size ?? 0) <= 1 && (outputs.get(id)?.size ?? 0) <= 1;
  const cards = document.nodes.map(
    ({ id, kind, network, at, title }): Node => ({
      id,
      position: { x: at[0], y: at[1] },
      data: {
        label: title ?? kind,
        inputs: [...(inputs.get(id) ?? [])],
        outputs: [...(outputs.get(id) ?? [])],
      },
      ...(network !== undefined && { parentId: network }),
      ...(isPlain(id)
        ? { sourcePosition: Position.Right, targetPosition: Position.Left }
        : { type: 'several', className: 'react-flow__node-default' }),
    }),
  );
  const several = new Set(cards.filter(({ type }) => type === 'several').map(({ id }) => id));
  const edges = document.wires.flatMap(([from, to], i): Edge[] => {
    const [source = '', sourceHandle = ''] = from.split('.');
    const [target = '', targetHandle = ''] = to.split('.');
    // A group of React Flow has no handle, so θ wires are left out: less work for it.
    if (document.networks.some(({ id }) => id === source)) return [];
    return [
      {
        id: String(i),
        source,
        target,
        ...(several.has(source) && { sourceHandle }),
        ...(several.has(target) && { targetHandle }),
      },
    ];
  });
  return { nodes: [...frames, ...cards], edges };
}

function App() {
  const [graph, setGraph] = useState<{ nodes: Node[]; edges: Edge[] }>();
  useEffect(() => {
    Object.assign(window, { openGraph: (text: string) => setGraph(convert(JSON.parse(text))) });
  }, []);
  if (!graph) return null;
  return (
    <ReactFlow
      defaultNodes={graph.nodes}
      defaultEdges={graph.edges}
      nodeTypes={nodeTypes}
      fitView
      minZoom={0.01}
    />
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
