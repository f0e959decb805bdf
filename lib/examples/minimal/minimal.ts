import type { Graph } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { assertNever } from '@/lib/util/assert';
import { layerGame } from './layer-game';
import { lossGame } from './loss-game';
import { more, planeGame, recast, shownGame } from './plane-game';
import { type Sketch, toGraph } from './sketch';

/**
 * The smallest game in which a kind stands wired and does its work, from what the registry says of the kind:
 * what the reference opens in the editor.
 */
export function minimalGraph(definition: NodeDefinition): Graph {
  const about = definition.role === 'note' ? '' : definition.summary;
  return toGraph(`${definition.title}, at work`, about, sketchOf(definition));
}

function sketchOf(definition: NodeDefinition): Sketch {
  switch (definition.role) {
    case 'source':
    case 'layer':
    case 'op':
      return layerGame(definition);
    case 'network-input':
    case 'network-output':
    case 'call':
      return planeGame();
    case 'loss':
      return lossGame(definition);
    case 'optimizer':
      return recast(planeGame(), ['adam-g', 'adam-d'], definition.kind);
    case 'averaging':
      return averaged(definition);
    case 'view':
    case 'metric':
      return shownGame(definition);
    case 'note':
      return withNote(definition);
    default:
      return assertNever(definition);
  }
}

/** The small game, its networks held by a node that acts between iterations. */
function averaged({ kind }: NodeDefinition): Sketch {
  return more(
    planeGame(),
    [{ id: kind, kind, at: [800, 0], params: {} }],
    [
      ['G.theta', `${kind}.theta`],
      ['D.theta', `${kind}.theta`],
    ],
  );
}

function withNote({ kind, summary }: NodeDefinition): Sketch {
  const game = planeGame();
  return {
    ...game,
    nodes: [...game.nodes, { id: kind, kind, at: [0, -150], size: [320, 120], params: { text: summary } }],
  };
}
