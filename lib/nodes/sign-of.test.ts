import { expect, test } from 'vitest';
import { signPaths } from '@/lib/draw/sign';
import { startBackend } from '@/lib/engine/backend';
import type { LayerDefinition, OpDefinition } from './define';
import { registry } from './registry';
import { drawnSign, signOf } from './sign-of';
import { applyKind } from './testing/apply-kind';

const applicable = registry.filter(({ role }) => role === 'layer' || role === 'op') as unknown as readonly (
  | LayerDefinition
  | OpDefinition
)[];
const curves = applicable.flatMap((definition) =>
  [{}, ...(definition.examples ?? []).map(({ params = {} }) => params)].flatMap((params) => {
    const sign = signOf(definition, definition.params.parse(params));
    return sign?.type === 'curve' ? [{ kind: definition.kind, definition, params, of: sign.of }] : [];
  }),
);

test('what is drawn of a function is what it computes', async () => {
  const { tf } = await startBackend('cpu');
  const points = [-3, -1.2, -0.4, 0.3, 1, 2.5];
  expect(new Set(curves.map(({ kind }) => kind)).size).toBeGreaterThan(9);
  for (const { kind, definition, params, of } of curves) {
    const out = tf.tidy(() => [
      ...applyKind(
        tf,
        definition,
        { in: tf.tensor2d(points, [points.length, 1]) },
        { params, mode: 'eval' },
      ).dataSync(),
    ]);
    for (const [i, x] of points.entries()) expect(of(x), `${kind} at ${x}`).toBeCloseTo(out[i] as number, 3);
  }
});

test('every activation but the one of many numbers has its curve', () => {
  const plain = registry.filter(
    (definition) =>
      definition.category === 'Activations' && !drawnSign(definition as never, definition.params.parse({})),
  );
  expect(plain.map(({ kind }) => kind)).toEqual(['softmax']);
});

test('a window is drawn with its cells and its step, and stays within its place', () => {
  const [small, stepped] = [1, 2].map((strides) => signPaths({ type: 'window', size: 3, strides }));
  expect(small?.faint).not.toBe(stepped?.faint);
  for (const size of [1, 3, 5, 7, 11])
    for (const strides of [1, 2, 4]) {
      const { line, faint } = signPaths({ type: 'window', size, strides });
      const numbers = `${line}${faint}`.match(/[\d.]+/g)?.map(Number) ?? [];
      expect(Math.max(...numbers)).toBeLessThanOrEqual(16);
    }
});
