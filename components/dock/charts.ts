import { ruleContextOf } from '@/lib/check/advice/rule';
import type { Checked } from '@/lib/check/checked';
import { signOfNetwork } from '@/lib/check/names';
import type { Feed } from '@/lib/store/feed';
import { type PlayerCurve, playerCurvesOf } from './players';

/** What the curves beside the samples can show. All but losses are figures of checks, which come once in a while. */
export const charts = {
  losses: { title: 'Losses', one: 'Loss' },
  gradients: { title: 'Gradient norms', one: 'Gradient norm' },
  scores: { title: 'Mean scores of D', one: 'Mean score' },
  accuracy: { title: 'Accuracy of D', one: 'Share right' },
  sureness: { title: 'r_t', one: 'r_t' },
} as const;
export type ChartName = keyof typeof charts;
export const chartNames = Object.keys(charts) as readonly ChartName[];

/** Where its numbers are. */
export const sourceOf = (chart: ChartName): keyof Pick<Feed, 'losses' | 'health'> =>
  chart === 'losses' ? 'losses' : 'health';

/** Its curves, by the names of their series: of each player, or of each loss that holds data against fakes. */
export function curvesOf(chart: ChartName, checked: Checked): readonly PlayerCurve[] {
  if (chart === 'losses') return playerCurvesOf(checked);
  if (chart === 'gradients')
    return playerCurvesOf(checked).map((curve) => ({ ...curve, id: `gradient.${curve.id}` }));
  return ruleContextOf(checked).duels.flatMap(({ loss, discriminators: [id] }): PlayerCurve[] => {
    const network = id === undefined ? undefined : checked.networks.get(id)?.network;
    if (!network) return [];
    const sign = signOfNetwork(checked, network);
    const curve = (figure: string, label: string, isDashed: boolean): PlayerCurve => ({
      id: `${loss.node.id}.${figure}`,
      label,
      color: network.color,
      isDashed,
    });
    if (chart === 'sureness') return [curve('signReal', `E sign ${sign}(x)`, false)];
    const [real, fake] = chart === 'scores' ? ['real', 'fake'] : ['realRight', 'fakeRight'];
    return [curve(real, `${sign} on data`, false), curve(fake, `${sign} on fakes`, true)];
  });
}
