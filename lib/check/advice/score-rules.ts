import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { CheckedNode, End } from '../checked';
import { hasParam } from '../definition-facts';
import { mention, mentionEnd } from '../mention';
import { squashesIn } from './critic-rules';
import { bypass, type Finding, type Rule, type RuleContext } from './rule';
import { type Bounds, boundsOf, producerOf, sayRange } from './values';

const withLogits = {
  label: 'torch.nn.BCEWithLogitsLoss',
  url: 'https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html',
};
const ofProbabilities = {
  label: 'torch.nn.BCELoss',
  url: 'https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html',
};

/** What scores are by a loss's parameters, against what arrives. One complaint a loss, so that none undoes another. */
export const scoreRules: readonly Rule[] = (
  [
    ['scores-mixed', withLogits],
    ['scores-probabilities', withLogits],
    ['scores-bounded', withLogits],
    ['scores-logits', ofProbabilities],
  ] as const
).map(([id, source]) => ({
  id,
  severity: 'warning',
  source,
  find: (context) => complaintsIn(context).flatMap(({ rule, finding }) => (rule === id ? finding : [])),
}));

type Sort = 'probabilities' | 'bounded' | 'any number' | undefined;

interface Score {
  readonly port: string;
  readonly end: End;
  readonly bounds: Bounds | undefined;
  readonly producer: CheckedNode;
  readonly sort: Sort;
}

interface Complaint {
  readonly rule: string;
  readonly finding: Finding;
}

const complaints = new WeakMap<RuleContext, readonly Complaint[]>();

function complaintsIn(context: RuleContext): readonly Complaint[] {
  const known = complaints.get(context);
  if (known) return known;
  const losses = new Set(context.players.flatMap(({ needed }) => [...needed.keys()]));
  const squashes = squashesIn(context);
  const found = [...losses].flatMap((loss) => judge(context, loss, squashes) ?? []);
  complaints.set(context, found);
  return found;
}

function judge(
  context: RuleContext,
  loss: CheckedNode,
  squashes: ReadonlySet<CheckedNode>,
): Complaint | undefined {
  const { definition, params } = loss;
  if (definition?.role !== 'loss' || !hasParam(definition, 'scores')) return undefined;
  if (definition.traits?.anyScores) return undefined;
  const scores = scoresOf(context, loss);
  const mixed = findMixed(loss, scores);
  if (mixed) return { rule: 'scores-mixed', finding: mixed };
  for (const score of scores) {
    const found =
      params.scores === 'logits' ? forLogits(loss, score, squashes) : forProbabilities(loss, score);
    if (found) return found;
  }
  return undefined;
}

function scoresOf({ checked }: RuleContext, { inputs, wiredFrom }: CheckedNode): readonly Score[] {
  return inputs.flatMap(({ name: port, scores }): readonly Score[] => {
    const end = scores && wiredFrom.get(port)?.[0];
    const producer = end && producerOf(checked, end)?.node;
    if (!end || !producer) return [];
    const bounds = boundsOf(checked, end);
    return [{ port, end, producer, bounds, sort: sortOf(producer, bounds) }];
  });
}

function sortOf({ definition }: CheckedNode, bounds: Bounds | undefined): Sort {
  if (bounds) return bounds.range[0] >= 0 && bounds.range[1] <= 1 ? 'probabilities' : 'bounded';
  // A layer with weights and no bound.
  return definition?.role === 'layer' && !definition.traits?.batchStatistics ? 'any number' : undefined;
}

const about = (loss: CheckedNode, { port, end }: Score): Pick<Diagnostic, 'node' | 'port' | 'wire'> => ({
  node: loss.node.id,
  port,
  wire: end.wire,
});

const setScores = ({ node }: CheckedNode, scores: 'logits' | 'probabilities') => ({
  hint: `Set scores to ${scores}.`,
  fix: { type: 'set-params' as const, label: `Scores are ${scores}`, node: node.id, params: { scores } },
});

/** Both sides are scored, but not alike: either setting would be wrong for one of them. */
function findMixed(loss: CheckedNode, scores: readonly Score[]): Finding | undefined {
  const probable = scores.find(({ sort }) => sort === 'probabilities');
  const other = scores.find(({ sort }) => sort === 'any number' || sort === 'bounded');
  if (!probable || !other) return undefined;
  return {
    ...about(loss, other),
    message: `${mention(loss.node.id)} gets probabilities on ${probable.port} (${mention(probable.producer.node.id)}) and other numbers on ${other.port} (${mention(other.producer.node.id)}): whatever its scores are set to is wrong for one of them.`,
    hint: 'Score both with the same network.',
  };
}

/** A logit that cannot pass ±4 leaves D unsure: 98 %. */
const CERTAIN = 4;

function forLogits(
  loss: CheckedNode,
  score: Score,
  squashes: ReadonlySet<CheckedNode>,
): Complaint | undefined {
  const { bounds, end } = score;
  if (!bounds) return undefined;
  const { range, by } = bounds;
  const arrives = `wants logits, but ${mentionEnd('output', end)} comes from ${mention(by.node.id)}, whose values ${sayRange(range)}`;
  if (score.sort === 'probabilities')
    return {
      rule: 'scores-probabilities',
      finding: {
        ...about(loss, score),
        message: `${mention(loss.node.id)} ${arrives}: it is squashed twice and hardly learns.`,
        // Where a critic reads the same scores, they have to be without bounds for both.
        ...(squashes.has(by) ? withoutBound(by) : setScores(loss, 'probabilities')),
      },
    };
  if (!isCramped(loss, range)) return undefined;
  return {
    rule: 'scores-bounded',
    finding: {
      ...about(loss, score),
      message: `${mention(loss.node.id)} ${arrives}: as logits that is never surer than ${sayCertainty(range)}.`,
      ...withoutBound(by),
    },
  };
}

const withoutBound = (by: CheckedNode) => ({
  hint: 'End the network with its dense layer.',
  fix: bypass(by),
});

/** One score is sure by its size, scores of classes by how far they lie apart. */
const isCramped = ({ definition }: CheckedNode, [low, high]: Bounds['range']): boolean =>
  definition?.traits?.wants ? low > -CERTAIN || high < CERTAIN : high - low < CERTAIN;

function sayCertainty([low, high]: Bounds['range']): string {
  const say = (a: number) => `${Math.round(100 / (1 + Math.exp(-a)))} %`;
  const ends = [low > -CERTAIN && `${say(low)} (fake)`, high < CERTAIN && `${say(high)} (real)`];
  return ends.filter(Boolean).join(' or ');
}

function forProbabilities(loss: CheckedNode, score: Score): Complaint | undefined {
  const { bounds, producer, sort, end } = score;
  if (sort !== 'bounded' && sort !== 'any number') return undefined;
  const values = bounds ? `whose values ${sayRange(bounds.range)}` : 'which gives any real number';
  return {
    rule: 'scores-logits',
    finding: {
      ...about(loss, score),
      message: `${mention(loss.node.id)} wants probabilities, but ${mentionEnd('output', end)} comes from ${mention((bounds?.by ?? producer).node.id)}, ${values}: the logarithm of a negative number is NaN.`,
      ...(bounds
        ? { hint: 'End the network with Sigmoid; or with its dense layer, and set scores to logits.' }
        : setScores(loss, 'logits')),
    },
  };
}
