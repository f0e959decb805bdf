'use client';
import { NotebookPen, Pencil, Pin, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { formatBytes, formatReading } from '@/components/dock/format';
import { useTrainingStore } from '@/components/dock/training-context';
import { useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import listed from '@/components/ui/list.module.css';
import { WordsField } from '@/components/ui/words-field';
import type { Checked } from '@/lib/check/checked';
import { readingsOf } from '@/lib/check/readings';
import { sayTime } from '@/lib/store/run-names';
import type { RunSummary, RunWords } from '@/lib/store/run-records';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { openRun } from './open-run';
import { runRecords } from './run-records';
import styles from './run-row.module.css';
import type { ShownRun } from './use-runs';

/** More would not be read in a list. */
const MOST_READINGS = 3;

/** A run in the list: name, figures, note; it can be gone on from, named, noted on and deleted. */
export function RunRow(props: {
  readonly run: ShownRun;
  readonly isChosen: boolean;
  /** There is room for another. */
  readonly canChoose: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onChange: () => Promise<void>;
  readonly onDelete: () => void;
}) {
  const { run, isChosen, canChoose, onChoose, onChange, onDelete } = props;
  const stores = useStores();
  const training = useTrainingStore();
  const [edited, edit] = useState<'name' | 'note'>();
  const { title, words, isPresent } = run;
  const { isPinned = false } = words;
  const change = (next: RunWords) =>
    void runRecords.say(run.id, { ...words, ...next }).then(onChange, onChange);
  const say = (next: string) => {
    edit(undefined);
    const before = edited === 'name' ? title : (words.note ?? '');
    if (edited && next !== before) change({ [edited]: next });
  };
  return (
    <li className={listed.entry}>
      <input
        type="checkbox"
        className={styles.choice}
        aria-label={`Compare ${title}`}
        checked={isChosen}
        disabled={isPinned || !(isChosen || canChoose)}
        title={isPinned ? 'Pinned' : undefined}
        onChange={({ target }) => onChoose(target.checked)}
      />
      <div className={listed.about}>
        {edited === 'name' ? (
          <WordsField label="Name" words={title} className={styles.field} onEnd={say} />
        ) : (
          <b className={listed.name}>{title}</b>
        )}
        <span className={listed.facts}>{factsOf(run).join(' · ')}</span>
        {edited === 'note' ? (
          <WordsField
            label="Note"
            words={words.note ?? ''}
            most={2_000}
            className={styles.field}
            onEnd={say}
          />
        ) : words.note ? (
          <span className={styles.note}>{words.note}</span>
        ) : null}
      </div>
      {isPresent ? (
        <span className={styles.present}>open</span>
      ) : (
        <Button
          size="sm"
          aria-label={`Go on from ${title}`}
          title="With its graph and its timeline; the run that is open stays here"
          disabled={run.snapshots === 0}
          onClick={() => void openRun(run, stores, training).then(onChange, onChange)}
        >
          Go on
        </Button>
      )}
      <IconButton
        icon={Pin}
        size="sm"
        label={`Pin ${title} to the curves`}
        pressed={isPinned}
        disabled={!(isPinned || isChosen || canChoose)}
        onClick={() => change({ isPinned: !isPinned })}
      />
      <IconButton icon={Pencil} size="sm" label={`Rename ${title}`} onClick={() => edit('name')} />
      <IconButton icon={NotebookPen} size="sm" label={`Note on ${title}`} onClick={() => edit('note')} />
      <IconButton
        icon={Trash2}
        size="sm"
        label={isPresent ? 'The run that is open cannot be deleted' : `Delete ${title}`}
        disabled={isPresent}
        onClick={onDelete}
      />
    </li>
  );
}

const factsOf = ({ startedAt, iteration, summary, graph, snapshots, bytes }: ShownRun): readonly string[] => [
  sayTime(startedAt),
  quantity(iteration, 'iteration'),
  ...(summary ? [`seed ${formatCount(summary.seed)}`] : []),
  ...(summary && graph ? sayMetrics(summary, graph) : []),
  `${quantity(snapshots, 'snapshot')}, ${formatBytes(bytes + (summary?.bytes ?? 0))}`,
];

/** Of a metric that has several numbers by one short name the first. */
function sayMetrics({ metrics }: RunSummary, graph: Checked): readonly string[] {
  const newest = new Map(metrics);
  const said = new Map<string, string>();
  for (const { series, short, ...reading } of [...graph.nodes.values()].flatMap((node) =>
    readingsOf(node, graph),
  )) {
    const value = newest.get(series);
    if (value !== undefined && !said.has(short)) said.set(short, `${short} ${formatReading(value, reading)}`);
  }
  return [...said.values()].slice(0, MOST_READINGS);
}
