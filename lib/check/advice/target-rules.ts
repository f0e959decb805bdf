import { joinEndpoint } from '@/lib/graph/schema';
import { isRamp, resolveParams } from '@/lib/nodes/params';
import { callParams } from '@/lib/nodes/role-params';
import type { CheckedNode, End } from '../checked';
import { hasParam } from '../definition-facts';
import type { Player } from '../game';
import { mention, mentionEnd } from '../mention';
import type { Finding, Rule, RuleContext } from './rule';

/** What players want of a discriminator's scores: apart for D, and for G the opposite of what D wants. */
export const targetRules: readonly Rule[] = [
  {
    id: 'targets-contradict',
    severity: 'warning',
    source: { label: 'Goodfellow et al. 2014', url: 'https://arxiv.org/abs/1406.2661' },
    find(context) {
      const found = [0, 1].flatMap((progress) => contradictionsAt(context, progress));
      const nodes = new Set<unknown>();
      return [...found, ...crossings(context)].filter(({ node }) => !nodes.has(node) && nodes.add(node));
    },
  },
];

/** A cost that would have the scores at a place be some number. */
interface Want {
  /** The same for every evaluation of one network on one input. */
  readonly place: string;
  /** A call's output, as messages name it. */
  readonly end: string;
  readonly network: string;
  readonly loss: CheckedNode;
  readonly value: number;
  /** The cost counts negatively: it wants anything but this. */
  readonly isShunned: boolean;
}

function contradictionsAt(context: RuleContext, progress: number): readonly Finding[] {
  const wants = new Map(context.players.map((player) => [player, wantsOf(context, player, progress)]));
  return context.players.flatMap((judge) => {
    const own = wants.get(judge)?.filter(({ network }) => judge.networks.has(network)) ?? [];
    if (own.length < 2 || own.some(({ isShunned }) => isShunned)) return [];
    const values = own.map(({ value }) => value);
    if (new Set(values).size === 1) return alike(own, judge, progress);
    return context.players.flatMap((other) => {
      if (other === judge) return [];
      return (wants.get(other) ?? []).flatMap((want) => {
        const same = own.find(({ place }) => place === want.place);
        if (!same) return [];
        const opposite = values.reduce((far, value) =>
          Math.abs(value - same.value) > Math.abs(far - same.value) ? value : far,
        );
        const value = want.isShunned ? same.value + opposite - want.value : want.value;
        if (Math.abs(value - same.value) >= Math.abs(value - opposite)) return [];
        return together(want, other, judge, opposite);
      });
    });
  });
}

/** D cannot distinguish sides of which it has to say the same. */
function alike(own: readonly Want[], judge: Player<CheckedNode>, progress: number): readonly Finding[] {
  const [{ loss, value, network } = own[0] as Want] = own;
  const when = progress === 1 && Object.values(loss.params).some(isRamp) ? ' at the end of the run' : '';
  const isPair = loss.definition && hasParam(loss.definition, 'realTarget');
  return [
    {
      node: loss.node.id,
      message: `${mention(judge.node.node.id)} asks ${mention(network)} to say ${value} of everything that it scores${when}: there is nothing to distinguish.`,
      hint: 'Give real data and fakes different targets.',
      ...(isPair && {
        fix: {
          type: 'set-params' as const,
          label: 'Real 1, fake 0',
          node: loss.node.id,
          params: { realTarget: 1, fakeTarget: 0 },
        },
      }),
    },
  ];
}

/** Both sides of a game want the same: one of them plays against itself. */
function together(
  { loss, end, value, isShunned }: Want,
  player: Player<CheckedNode>,
  judge: Player<CheckedNode>,
  opposite: number,
): Finding {
  const wish = isShunned ? `to be anything but ${value}` : `to be ${value}`;
  return {
    node: loss.node.id,
    message: `${mention(player.node.node.id)} wants ${end} ${wish}, and so does ${mention(judge.node.node.id)}, which it plays against: it learns to be found out.`,
    hint: `Give it the target that the other has for the opposite side: ${opposite}.`,
    ...(loss.definition &&
      hasParam(loss.definition, 'target') &&
      !isShunned && {
        fix: {
          type: 'set-params' as const,
          label: `Set the target to ${opposite}`,
          node: loss.node.id,
          params: { target: opposite },
        },
      }),
  };
}

/** Targets that are ramps may change sides, which turns the game round in the middle of a run. */
const crossings = ({ duels }: RuleContext): readonly Finding[] =>
  duels.flatMap(({ loss }) => {
    const [before, after] = [0, 1].map((progress) => {
      const { real = 0, fake = 0 } =
        loss.definition?.traits?.wants?.(resolveParams(loss.params, progress), 'd') ?? {};
      return Math.sign(real - fake);
    });
    if (before === after || before === 0 || after === 0) return [];
    return {
      node: loss.node.id,
      message: `The targets of ${mention(loss.node.id)} cross during the run: what D is to say of real data and of fakes changes places, and all that was learned turns round.`,
      hint: 'Let the ramps end before they meet.',
    };
  });

/** What a player's cost wants, through sums whose weights are known. */
function wantsOf({ checked }: RuleContext, player: Player<CheckedNode>, progress: number): readonly Want[] {
  const wants: Want[] = [];
  const seen = new Set<string>();
  const visit = ({ id, port }: Pick<End, 'id' | 'port'>, sign: number) => {
    const loss = checked.nodes.get(id);
    const key = `${joinEndpoint(id, port)} ${sign}`;
    if (!loss || sign === 0 || seen.has(key) || loss.node.state === 'muted') return;
    seen.add(key);
    const { traits } = loss.definition ?? {};
    const params = resolveParams(loss.params, progress);
    for (const [input, value] of Object.entries(traits?.wants?.(params, port) ?? {})) {
      const end = loss.wiredFrom.get(input)?.[0];
      const scored = end && placeOf(checked.nodes, end);
      if (scored && value !== undefined) wants.push({ ...scored, loss, value, isShunned: sign < 0 });
    }
    for (const { name, type } of loss.inputs) {
      const weight = type === 'scalar' ? traits?.weighs?.(params, name) : undefined;
      for (const end of (weight !== undefined && loss.wiredFrom.get(name)) || [])
        visit(end, sign * Math.sign(weight as number));
    }
  };
  for (const end of player.node.wiredFrom.get('loss') ?? []) visit(end, 1);
  return wants;
}

/** Which network scores what, by whichever of its calls. */
function placeOf(
  nodes: ReadonlyMap<string, CheckedNode>,
  end: End,
): Pick<Want, 'place' | 'end' | 'network'> | undefined {
  const call = nodes.get(end.id);
  const applied = call && callParams(call);
  if (!applied) return undefined;
  const { network } = applied;
  const fed = [...call.wiredFrom.values()].flat().map(({ id, port }) => joinEndpoint(id, port));
  return {
    network,
    place: `${network}(${fed.join()}).${end.port}`,
    end: mentionEnd('output', end),
  };
}
