import type { Graph } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { assertNever } from '@/lib/util/assert';
import { layerGame } from './layer-game';
import { lossGame } from './loss-game';
import { more, planeGame, recast, referencesIn, shownGame } from './plane-game';
import { demandOf, type Sketch, toGraph } from './sketch';

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
    case 'op':
      return definition.applies && hasTarget(definition) ? lookedInto(definition) : layerGame(definition);
    case 'source':
    case 'layer':
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

const hasTarget = (definition: NodeDefinition): boolean =>
  demandOf(definition).shapes.some(({ port }) => port.name === 'target');

/** An op that looks into the generator, given points of the data: what it makes of them is shown. */
function lookedInto(definition: NodeDefinition): Sketch {
  const { kind } = definition;
  const game = planeGame();
  const view = { id: 'found', kind: 'view-samples', at: [620, 240], size: [190, 190] } as const;
  return more(
    game,
    [{ id: kind, kind, at: [380, -150], params: { ...referencesIn(definition, game), steps: 20 } }, view],
    [
      ['data.x', `${kind}.target`],
      ['data.x', 'found.real'],
      [`${kind}.x`, 'found.fake'],
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
