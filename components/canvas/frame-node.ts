import { Position } from 'reactflow';
import type { Network } from '@/lib/graph/schema';
import { COLLAPSED, FRAME_HEADER, PORT } from '@/lib/layout/geometry';
import { formatCount } from '@/lib/util/format-count';
import type { FrameData, FrameNode, Overlay } from './flow';
import { keep, keepNode } from './reuse';

/** A network as a node of React Flow: its θ leaves at the right of the header. */
export function makeFrame(
  network: Network,
  data: FrameData,
  overlay: Overlay,
  previous: FrameNode | undefined,
): FrameNode {
  const { id, at, collapsed } = network;
  const size = collapsed ? COLLAPSED : { width: network.size[0], height: network.size[1] };
  const theta = { x: size.width - PORT / 2, y: FRAME_HEADER / 2 - PORT / 2 };
  return keepNode(previous, {
    id,
    type: 'frame',
    position: overlay.dragged.get(id) ?? { x: at[0], y: at[1] },
    data: keep(previous?.data, data),
    ...size,
    measured: size,
    handles: [{ id: 'theta', type: 'source', position: Position.Right, ...theta, width: PORT, height: PORT }],
    selected: overlay.selection.has(id),
    dragHandle: '.frame-header',
    style: { pointerEvents: 'none' },
    ariaLabel: `Network ${network.name}, ${formatCount(data.parameters)} parameters`,
  });
}
