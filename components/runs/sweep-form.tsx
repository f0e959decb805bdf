'use client';
import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { useKeeping } from '@/components/editor/autosave-context';
import { useEditor } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import text from '@/components/ui/text-field.module.css';
import { checkedOf } from '@/lib/edit/checked-of';
import {
  axisName,
  fieldsOf,
  ownersOf,
  parseValues,
  roomProblem,
  sayValue,
  valueNow,
} from '@/lib/store/sweep-words';
import type { Sweeper } from '@/lib/store/sweeper';
import { type Axis, planSweep, SETTINGS, type SweepRun } from '@/lib/train/sweep';
import { quantity } from '@/lib/util/sentence';
import styles from './sweep.module.css';

interface Row {
  readonly owner: string;
  readonly field: string;
  readonly values: string;
}

const first: Row = { owner: SETTINGS, field: 'seed', values: '1-5' };

/** What is known before a sweep starts: its runs and how long they take, or why it cannot. */
type Plan =
  | { readonly type: 'none' }
  | { readonly type: 'timing'; readonly runs: readonly SweepRun[] }
  | { readonly type: 'planned'; readonly runs: readonly SweepRun[]; readonly said: string }
  | { readonly type: 'refused'; readonly problems: readonly string[] };

const none: Plan = { type: 'none' };

/** Which parameters take which values; a count and a time come before the start. */
export function SweepForm({ sweeper, onStart }: { readonly sweeper: Sweeper; readonly onStart: () => void }) {
  const graph = useEditor((state) => state.graph);
  const document = useEditor((state) => state.id);
  const checked = useMemo(() => checkedOf(graph), [graph]);
  const training = useTrainingStore();
  const { autosave } = useKeeping();
  const owners = useMemo(() => ownersOf(checked), [checked]);
  const [rows, setRows] = useState<readonly Row[]>([first]);
  const [isRandom, setRandom] = useState(false);
  const [plan, setPlan] = useState<Plan>(none);
  const change = (index: number, next: Row | undefined) => {
    setPlan(none);
    setRows(rows.flatMap((row, i) => (i === index ? (next ?? []) : row)));
  };
  const axes = rows.map(({ owner, field, values }) => ({
    path: `${owner}.${field}`,
    parsed: parseValues(values),
  }));
  const count = axes.reduce((product, { parsed }) => product * (parsed.ok ? parsed.values.length : 0), 1);

  async function look(): Promise<void> {
    const wrong = axes.flatMap(({ parsed }) => (parsed.ok ? [] : [parsed.problem]));
    const given = axes.flatMap(({ path, parsed }): Axis[] =>
      parsed.ok ? [{ path, values: parsed.values }] : [],
    );
    const twice = given.length > new Set(given.map(({ path }) => path)).size;
    if (twice) wrong.push('A parameter is there twice: give all of its values in one line.');
    const planned = planSweep(graph, given);
    const named = (problem: string) =>
      given.reduce((said, { path }) => said.replaceAll(path, axisName(checked, path)), problem);
    const problems = [...wrong, ...(planned.ok ? [] : planned.problems.map(named))];
    if (!planned.ok || problems.length > 0) return setPlan({ type: 'refused', problems });
    const { runs } = planned;
    const free = await freeRoom();
    const full = free === undefined ? undefined : roomProblem(runs.length, checked.cost.parameters, free);
    if (full !== undefined) return setPlan({ type: 'refused', problems: [full] });
    setPlan({ type: 'timing', runs });
    const expected = await sweeper.expect(runs);
    setPlan(
      expected === undefined
        ? { type: 'refused', problems: ['The first of these runs could not be trained here.'] }
        : expected.tooLong
          ? { type: 'refused', problems: [expected.tooLong] }
          : { type: 'planned', runs, said: expected.said },
    );
  }

  function start(): void {
    const given = axes.flatMap(({ path, parsed }): Axis[] =>
      parsed.ok ? [{ path, values: parsed.values }] : [],
    );
    training.pause();
    autosave.markWorked();
    void sweeper.begin({
      id: crypto.randomUUID(),
      document,
      startedAt: Date.now(),
      graph,
      axes: given,
      order: isRandom ? 'random' : 'given',
    });
    onStart();
  }

  return (
    <section className={styles.form} aria-label="New sweep">
      <ul className={styles.axes}>
        {rows.map((row, i) => {
          const fields = fieldsOf(checked, row.owner);
          return (
            <li key={i} className={styles.axis}>
              <Select
                size="sm"
                label={`Of what, ${i + 1}`}
                value={row.owner}
                options={owners}
                onChange={(owner) =>
                  change(i, { ...row, owner, field: fieldsOf(checked, owner)[0]?.value ?? '' })
                }
              />
              <Select
                size="sm"
                label={`Parameter ${i + 1}`}
                value={row.field}
                options={fields}
                onChange={(field) => change(i, { ...row, field })}
              />
              <input
                className={`${text.field} ${styles.values}`}
                aria-label={`Values ${i + 1}`}
                value={row.values}
                placeholder={`now ${sayValue(valueNow(checked, row.owner, row.field))}`}
                maxLength={20_000}
                onChange={({ target }) => change(i, { ...row, values: target.value })}
              />
              <IconButton
                icon={X}
                size="sm"
                label={`Remove line ${i + 1}`}
                disabled={rows.length === 1}
                onClick={() => change(i, undefined)}
              />
            </li>
          );
        })}
      </ul>
      <div className={styles.tools}>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            setPlan(none);
            setRows([...rows, { owner: SETTINGS, field: 'batchSize', values: '' }]);
          }}
        >
          <Plus size={14} aria-hidden /> Another parameter
        </Button>
        <Switch label="Random order" checked={isRandom} onChange={setRandom} />
        <span className={styles.words}>
          {rows.length > 1
            ? `${axes.map(({ parsed }) => (parsed.ok ? parsed.values.length : 0)).join(' × ')} = `
            : ''}
          {quantity(count, 'run')} of {quantity(graph.settings.iterations, 'iteration')}
        </span>
        {plan.type === 'planned' ? (
          <Button size="sm" variant="primary" onClick={start}>
            Start {quantity(plan.runs.length, 'run')}
          </Button>
        ) : (
          <Button size="sm" disabled={plan.type === 'timing'} onClick={() => void look()}>
            {plan.type === 'timing' ? 'Timing an iteration …' : 'How long?'}
          </Button>
        )}
      </div>
      <div role="status">
        {plan.type === 'planned' ? <p className={styles.words}>{plan.said}</p> : null}
        {plan.type === 'refused' ? (
          <ul className={styles.problems}>
            {plan.problems.slice(0, MOST_PROBLEMS).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
            {plan.problems.length > MOST_PROBLEMS ? (
              <li>{plan.problems.length - MOST_PROBLEMS} more.</li>
            ) : null}
          </ul>
        ) : null}
      </div>
    </section>
  );
}

const MOST_PROBLEMS = 5;

/** Bytes that the browser has left for this page, where it says. */
async function freeRoom(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota === undefined || usage === undefined ? undefined : quota - usage;
}
