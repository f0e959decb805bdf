'use client';
import { useMemo, useRef, useState } from 'react';
import { formatBytes } from '@/components/dock/format';
import { DeleteDialog } from '@/components/ui/delete-dialog';
import listed from '@/components/ui/list.module.css';
import { removeRun } from '@/lib/train/run-list';
import { snapshotLimits } from '@/lib/train/snapshot-rule';
import { quantity } from '@/lib/util/sentence';
import { Compare } from './compare';
import { mostCompared } from './compared';
import { runRecords } from './run-records';
import { RunRow } from './run-row';
import { SweepSection } from './sweep-section';
import { type ShownRun, useRuns } from './use-runs';

/** Every run of the document that came somewhere: what it was, and what can be done with it. */
export function RunsPanel() {
  const { list, bytes, reload } = useRuns();
  const [asked, ask] = useState<ShownRun>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const compared = useMemo(
    () => list?.filter(({ id, words }) => chosen.has(id) || words.isPinned) ?? [],
    [list, chosen],
  );
  const canChoose = compared.length < mostCompared;
  const choose = (id: string, isChosen: boolean) =>
    setChosen((before) => new Set([...before, id].filter((each) => isChosen || each !== id)));
  const comparison = useRef<HTMLDivElement>(null);
  const choice = {
    chosen: new Set(compared.map(({ id }) => id)),
    canChoose,
    onChoose: choose,
    onShow: () => comparison.current?.scrollIntoView({ block: 'start' }),
    onChange: reload,
  };
  const remove = async ({ id }: ShownRun) => {
    if (await removeRun(id).catch(() => false)) await runRecords.remove([id]).catch(() => undefined);
    await reload();
  };
  return (
    <div className={listed.panel}>
      <p className={listed.words}>
        {list?.length === 0
          ? 'Press play: every run is kept here. Going back to iteration 0, another seed or an earlier snapshot begins another one.'
          : `${quantity(list?.length ?? 0, 'run')} of this document. All runs in this browser take ${formatBytes(bytes)} of ${formatBytes(snapshotLimits.allBytes)}: beyond, the run that was written to longest ago keeps only its newest snapshot.`}
      </p>
      <ul className={listed.list}>
        {list?.map((run) => (
          <RunRow
            key={run.id}
            run={run}
            isChosen={compared.includes(run)}
            canChoose={canChoose}
            onChoose={(isChosen) => choose(run.id, isChosen)}
            onChange={reload}
            onDelete={() => ask(run)}
          />
        ))}
      </ul>
      {compared.length > 1 ? (
        <div ref={comparison}>
          <Compare runs={compared} />
        </div>
      ) : list && list.length > 1 ? (
        <p className={listed.words}>Choose two runs or more, up to {mostCompared}, to compare them.</p>
      ) : null}
      <SweepSection choice={choice} />
      <DeleteDialog
        open={asked !== undefined}
        onClose={() => ask(undefined)}
        title={`Delete “${asked?.title}”?`}
        description={asked && lost(asked)}
        onDelete={() => asked && void remove(asked)}
      />
    </div>
  );
}

const lost = ({ snapshots, bytes, branches, words }: ShownRun): string =>
  [
    `${quantity(snapshots, 'snapshot')} (${formatBytes(bytes)}), its curves${words.note ? ', its note' : ''} and what happened in it are deleted. This cannot be undone.`,
    ...(branches > 0
      ? [
          `${quantity(branches, 'run')} that began from it ${branches === 1 ? 'stays' : 'stay'}, without what came before.`,
        ]
      : []),
  ].join(' ');
