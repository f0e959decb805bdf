'use client';
import { ArrowRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { Select } from '@/components/ui/select';
import { backends } from '@/lib/engine/backend-name';
import styles from './backend-pill.module.css';
import { formatRate } from './format';
import { useTraining, useTrainingStore } from './training-context';

/** Which backend computes, why, and what the others would do. */
export function BackendPill() {
  const backend = useTraining((state) => state.backend ?? state.choice.backend);
  const choice = useTraining((state) => state.choice);
  return (
    <>
      <Popover
        label="Backend"
        side="top"
        align="end"
        width={320}
        trigger={
          <button type="button" className={styles.pill}>
            <strong>{backend ? backends[backend].title : 'Backend'}</strong>
            {choice.why ? <span className={styles.why}>, {choice.why}</span> : null}
          </button>
        }
      >
        <Details />
      </Popover>
      <Offer />
    </>
  );
}

/** A quiet button, where another backend was measured to be clearly faster. */
function Offer() {
  const training = useTrainingStore();
  const faster = useTraining((state) => state.choice.faster);
  const backend = useTraining((state) => state.backend);
  if (!faster || faster.backend === backend) return null;
  return (
    <Button size="sm" variant="ghost" className={styles.offer} onClick={() => training.switchBackend('auto')}>
      {backends[faster.backend].title} would be {faster.speedup.toFixed(1)} times as fast: switch
      <ArrowRight size={12} aria-hidden />
    </Button>
  );
}

function Details() {
  const training = useTrainingStore();
  const { available, figures, measuring, unmeasured, isManual, why } = useTraining((state) => state.choice);
  const backend = useTraining((state) => state.backend);
  const note = useTraining((state) => state.note);
  const options = [
    { value: 'auto' as const, label: 'Automatic' },
    ...available.map((name) => ({ value: name, label: backends[name].title })),
  ];
  return (
    <div className={styles.details}>
      <div className={styles.row}>
        <span>Train on</span>
        <Select
          size="sm"
          label="Train on"
          value={isManual ? (backend ?? 'auto') : 'auto'}
          options={options}
          onChange={training.switchBackend}
        />
      </div>
      <p className={styles.reason}>
        {why ? `In use: ${backend ? backends[backend].title : ''}, ${why}.` : null}
      </p>
      <table className={styles.figures}>
        <caption className={styles.caption}>
          Iterations per second on this machine, for games of this size
        </caption>
        <tbody>
          {available.map((name) => (
            <tr key={name} data-active={name === backend}>
              <th scope="row">{backends[name].title}</th>
              <td>
                {describe(figures[name], measuring === name, name === backend || unmeasured.includes(name))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {note ? <p className={styles.note}>{note}</p> : null}
    </div>
  );
}

function describe(milliseconds: number | null | undefined, isMeasuring: boolean, isWorth: boolean): string {
  if (isMeasuring) return 'measuring …';
  if (milliseconds === undefined) return isWorth ? 'not measured yet' : 'emulated emulated in software, slow';
  return milliseconds === null ? 'cannot train this game' : formatRate(1000 / milliseconds);
}
