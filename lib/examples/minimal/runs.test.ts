import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { NodeDefinition, Tf } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { planOf, record } from '@/lib/train/testing/train';
import { minimalGraph } from './minimal';

const kinds: readonly NodeDefinition[] = registry;
let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('wasm')).tf;
});

it.each(kinds.map((definition) => [definition.kind, definition] as const))(
  'the minimal graph of %s runs: losses are numbers',
  async (_, definition) => {
    const { settings, ...graph } = minimalGraph(definition);
    const plan = planOf({ ...graph, settings: { ...settings, iterations: 2, batchSize: 16 } });
    const { loop, losses, failures } = record(tf, plan);
    await loop.play();
    await loop.look();
    loop.dispose();
    expect(failures).toEqual([]);
    expect(Object.keys(losses).length).toBeGreaterThan(0);
    for (const values of Object.values(losses)) expect(values.every(Number.isFinite)).toBe(true);
  },
);
