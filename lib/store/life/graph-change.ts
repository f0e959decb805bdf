import { listNames } from '@/lib/check/draft';
import { nameOf } from '@/lib/check/names';
import type { GraphChange } from '@/lib/train/protocol';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { type Life, type Step, step } from './life';

/** The graph was edited while its run was only kept: what the run goes on with, or that it is set aside. */
export function noteChange(life: Life, change: GraphChange): Step {
  // What happened to the run before it is still to be read.
  const recovered = [life.recovered, messageOf(life, change)].filter(Boolean).join(' ') || undefined;
  if (change.type === 'fitted') return step({ ...life, recovered });
  const { documentId } = life;
  const replaced = { iteration: change.iteration, game: change.fingerprint, fits: false };
  return step(
    { ...life, recovered, replaced, kept: 0 },
    { type: 'keep', documentId, iteration: 0 },
    { type: 'results', how: 'setAside', documentId },
  );
}

/** Nothing to say where all of the checkpoint has its place. */
function messageOf(life: Life, change: GraphChange): string | undefined {
  if (change.type === 'replaced') {
    const kept = `The kept run, at iteration ${formatCount(change.iteration)},`;
    return change.seed === undefined
      ? `${kept} fits nothing of the graph as it is now. Training begins at iteration 0; undo the edits and then the reset to go back.`
      : `${kept} has the seed ${change.seed}, and the graph another one. Training begins at iteration 0; with the seed ${change.seed} it comes back.`;
  }
  const { anew, gone } = change;
  if (anew.length + gone.length === 0) return undefined;
  const starting = `From the seed: ${listNames(anew.map((id) => named(life, id)))}.`;
  // Their names went with them.
  const left = `${quantity(gone.length, 'layer or player', 'layers or players')} of it ${gone.length === 1 ? 'is' : 'are'} no longer in the graph.`;
  return [
    `The graph was edited since the run was kept at iteration ${formatCount(life.iteration)}; what fits goes on.`,
    ...(anew.length > 0 ? [starting] : []),
    ...(gone.length > 0 ? [left] : []),
  ].join(' ');
}

function named({ checked }: Life, id: string): string {
  return checked ? nameOf(checked, id) : id;
}
