import type { Checked } from '@/lib/check/checked';
import { nameOf, signOfNetwork } from '@/lib/check/names';
import { formatNumber } from '@/lib/draw/text';
import type { Phase } from '@/lib/train/phases';
import { assertNever } from '@/lib/util/assert';

interface PhaseWords {
  /** `D · gradient` */
  readonly title: string;
  /** What happens, with its numbers. */
  readonly sentence: string;
}

/** A phase of an iteration in words. */
export function describePhase(phase: Phase, checked: Checked): PhaseWords {
  const name = (id: string) => nameOf(checked, id);
  const networks = phase.nodes.flatMap((id) => {
    const found = checked.networks.get(id);
    return found ? [signOfNetwork(checked, found.network)] : [];
  });
  const theta = `θ of ${networks.join(', ')}`;
  switch (phase.type) {
    case 'sample':
      return {
        title: 'Sample',
        sentence: `A batch of ${phase.rows} is drawn from ${phase.nodes.map(name).join(' and ')}.`,
      };
    case 'ahead':
      return {
        title: `${name(phase.player)} · look ahead`,
        sentence: `The next ${phase.steps} steps of ${name(phase.opponent)} are made, and taken back afterwards: the loss is that of the opponent then.`,
      };
    case 'forward': {
      const scores = Object.entries(phase.scores).map(
        ([call, score]) => `${name(call)} ${formatNumber(score)}`,
      );
      return {
        title: `${name(phase.player)} · forward`,
        sentence:
          scores.length > 0
            ? `The batch goes forward to the loss. On average: ${scores.join(', ')}.`
            : 'The batch goes forward to the loss.',
      };
    }
    case 'loss':
      return {
        title: `${name(phase.player)} · loss`,
        sentence: `Its loss is ${formatNumber(phase.value)}.${phase.frozen ? ' It is muted, and does not move.' : ''}`,
      };
    case 'gradient':
      return {
        title: `${name(phase.player)} · gradient`,
        sentence: `${whence[phase.at]} the gradient of its loss has norm ${formatNumber(phase.norm)}.`,
      };
    case 'half-step':
      return {
        title: `${name(phase.player)} · half-step`,
        sentence: `${theta} goes ${formatNumber(phase.length)} ahead, for the next gradients alone.`,
      };
    case 'step':
      return {
        title: `${name(phase.player)} · update`,
        sentence: `${theta} moves by ${formatNumber(phase.length)}, ${share(phase)}.`,
      };
    default:
      return assertNever(phase);
  }
}

const whence = {
  here: 'Back through the networks:',
  'half-step': 'Half a step ahead',
  consensus: 'With the pull towards consensus',
} as const;

const share = ({ length, theta }: { readonly length: number; readonly theta: number }): string =>
  theta > 0 ? `${formatNumber((100 * length) / theta)} % of its length` : 'from 0 on';
