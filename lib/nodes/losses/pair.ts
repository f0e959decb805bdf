import * as z from 'zod';
import type { Shape } from '@/lib/shapes/shape';
import { formatShape } from '@/lib/shapes/shape';
import { type Inference, type InputPort, type InputShapes, type OutputPort, problem } from '../define';
import { liveParam, param, type Scheduled, scheduledCaption } from '../params';
import { shapeAt } from '../ports';
import type { Traits } from '../traits';

/** What the objective pairs share: scores of real and fake in, a scalar to minimise for each player out. */
export const scoresParam = param(z.enum(['logits', 'probabilities']).default('logits'), {
  label: 'Scores',
  help: 'Logits are any real number, before a sigmoid; probabilities are between 0 and 1, after it.',
});

const target = z.number().min(0).max(1);
export const targetParams = {
  realTarget: liveParam(target, 1, {
    label: 'Real target',
    help: 'What D should say of real data. 0.9 is one-sided label smoothing; G still aims at 1, or at 0 where the fake target is higher.',
    step: 0.05,
  }),
  fakeTarget: liveParam(target, 0, {
    label: 'Fake target',
    help: 'What D should say of fakes. Above 0 weakens the game: smooth the real side only.',
    step: 0.05,
  }),
};

/** Targets, where they are smoothed; nothing for 1 and 0. */
export function targetCaption(given: {
  readonly realTarget: Scheduled;
  readonly fakeTarget: Scheduled;
}): string {
  const [real, fake] = [scheduledCaption(given.realTarget), scheduledCaption(given.fakeTarget)];
  return real === '1' && fake === '0' ? '' : `real ${real}, fake ${fake}`;
}

export const pairInputs = (): readonly InputPort[] => [
  { name: 'real', type: 'tensor', scores: true, help: 'Scores of real data, D(x).' },
  { name: 'fake', type: 'tensor', scores: true, help: 'Scores of fakes, D(G(z)).' },
];

export const pairOutputs = (): readonly OutputPort[] => [
  {
    name: 'd',
    type: 'scalar',
    needs: ['real', 'fake'],
    player: 'discriminator',
    help: 'Minimised by the discriminator.',
  },
  { name: 'g', type: 'scalar', needs: ['fake'], player: 'generator', help: 'Minimised by the generator.' },
];

/** D wants real and fake apart, G wants fakes to have what real data have. */
export const wantsOfPair =
  (real: number, fake: number): NonNullable<Traits['wants']> =>
  (_, output) =>
    output === 'g' ? { fake: real } : { real, fake };

/** By targets, with ramps resolved. */
export const wantsOfTargets: NonNullable<Traits['wants']> = ({ realTarget, fakeTarget }, output) => {
  const targets = { realTarget: Number(realTarget), fakeTarget: Number(fakeTarget) };
  if (output === 'g') return { fake: realLabel(targets) };
  return { real: targets.realTarget, fake: targets.fakeTarget };
};

/** What a certain D says of real data: 1, or 0 where the targets are the other way round. G aims at it. */
export const realLabel = ({ realTarget, fakeTarget }: Targets): 0 | 1 => (realTarget < fakeTarget ? 0 : 1);

export interface Targets {
  readonly realTarget: number;
  readonly fakeTarget: number;
}

const scalar: Shape = { dims: [], batch: 'one' };

/** Scores of real and fake must be of one shape. */
export function inferPair(_: unknown, inputs: InputShapes): Inference {
  const real = shapeAt(inputs, 'real');
  const fake = shapeAt(inputs, 'fake');
  if (real.dims.join() !== fake.dims.join())
    return problem({
      code: 'shape-mismatch',
      port: 'fake',
      message: `Scores of real are ${formatShape(real)}, of fake ${formatShape(fake)}; they must be alike.`,
      hint: 'Score both with the same network.',
    });
  return { d: scalar, g: scalar };
}
