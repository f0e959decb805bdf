import { expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { minimalGraph } from '@/lib/examples/minimal/minimal';
import { adaptiveAugment } from '@/lib/nodes/layers/adaptive-augment';
import { planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import { createGame } from './tf/game';

test('a bypassed node of several outputs passes each input on to the output of its name', async () => {
  const graph = minimalGraph(adaptiveAugment);
  const used = defined(
    graph.nodes.find(({ kind }) => kind === adaptiveAugment.kind),
    'the node',
  ).id;
  const nodes = graph.nodes.map((node) =>
    node.id === used ? { ...node, state: 'bypassed' as const } : node,
  );
  const engine = await startBackend('wasm');
  const game = createGame(engine.tf, planOf({ ...graph, nodes }));
  const read = async (end: string) => {
    const [node = '', port = ''] = end.split('.');
    return (await game.read([{ node, port }], 3)).get(end)?.data;
  };
  const into = (port: string) =>
    defined(
      graph.wires.find(([, to]) => to === `${used}.${port}`),
      port,
    )[0];
  for (const port of ['real', 'fake']) expect(await read(`${used}.${port}`)).toEqual(await read(into(port)));
  expect(await read(`${used}.real`)).not.toEqual(await read(`${used}.fake`));
  game.dispose();
  engine.dispose();
});
