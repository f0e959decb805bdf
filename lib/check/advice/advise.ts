import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Checked } from '../checked';
import { batchRules } from './batch-rules';
import { criticRules } from './critic-rules';
import { dataRules } from './data-rules';
import { layerRules } from './layer-rules';
import { lossRules } from './loss-rules';
import { noiseRules } from './noise-rules';
import { optimizerRules } from './optimizer-rules';
import { playerRules } from './player-rules';
import { type Rule, ruleContextOf } from './rule';
import { scoreRules } from './score-rules';
import { supportRules } from './support-rules';
import { targetRules } from './target-rules';
import { translationRules } from './translation-rules';

export const rules: readonly Rule[] = [
  ...playerRules,
  ...lossRules,
  ...scoreRules,
  ...targetRules,
  ...criticRules,
  ...batchRules,
  ...layerRules,
  ...dataRules,
  ...supportRules,
  ...noiseRules,
  ...translationRules,
  ...optimizerRules,
];

/** What all rules find. Advice is about graphs that run: a graph with errors has other worries. */
export function advise(checked: Checked): readonly Diagnostic[] {
  if (checked.diagnostics.some(({ severity }) => severity === 'error')) return [];
  const context = ruleContextOf(checked);
  return rules.flatMap(({ id, severity, source, find }) =>
    find(context).map((finding) => ({ code: id, severity, source, ...finding })),
  );
}
