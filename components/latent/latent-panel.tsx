'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { PastNote, useCursor } from '@/components/dock/past-note';
import { useSame } from '@/components/hooks/use-same';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import type { Plan } from '@/lib/compile/plan';
import { Between } from './between';
import { Explore } from './explore';
import styles from './latent-panel.module.css';
import { Paint } from './paint';
import { SampleField } from './sample-field';
import { Sums } from './sums';
import { type GridProps, samePoint } from './tool';
import { type Output, useGenerator } from './use-generator';
import { GRID, type Point, pointOf, useLatent } from './use-latent';
import { averagedIn, weightChoices, weightsIn } from './weights';

/** The latent space of a generator, as the run stands: samples of fixed noise, and tools that start at one of them. */
export function LatentPanel() {
  const generator = useGenerator();
  const [picked, setPicked] = useState<string>();
  const isPast = useCursor() !== undefined;
  if (generator.type === 'missing') return <p className={styles.words}>{generator.why}</p>;
  const { plan, outputs } = generator;
  const output = outputs.find(({ key }) => key === picked) ?? (outputs[0] as Output);
  return (
    <>
      <PastNote>
        The latent space is that of the newest weights; go on from a snapshot to look around in an earlier
        one.
      </PastNote>
      <div className={isPast ? styles.away : styles.here}>
        <Explorer key={output.key} plan={plan} output={output} outputs={outputs} onOutput={setPicked} />
      </div>
    </>
  );
}

const tools = [
  { value: 'explore', label: 'Explore' },
  { value: 'between', label: 'Interpolate' },
  { value: 'sums', label: 'Arithmetic' },
  { value: 'paint', label: 'Find' },
] as const;
type ToolName = (typeof tools)[number]['value'];

function Explorer(props: {
  readonly plan: Plan;
  readonly output: Output;
  readonly outputs: readonly Output[];
  readonly onOutput: (key: string) => void;
}) {
  const { plan, output, outputs, onOutput } = props;
  const [tool, setTool] = useState<ToolName>('explore');
  const [first, setFirst] = useState(0);
  const [asked, setWeights] = useState<'live' | 'ema'>();
  const [chosen, setOrigin] = useState<Point>();
  const weights = asked ?? weightsIn(plan, output.ref);
  const { latent, problem } = useLatent(plan, output.ref, weights, first);
  // The samples are asked for again and again while a run trains; the noise is the same, and so is where one stands.
  const start = useSame(latent ? pointOf(latent, 0) : undefined, samePoint);
  if (latent === null)
    return (
      <p className={styles.words}>
        {output.name} is made from data, not from noise: there is no latent space to look around in.
      </p>
    );
  if (!latent || !start) return <p className={styles.words}>{problem ?? 'Looking …'}</p>;
  const origin = chosen ?? start;
  const Tool = { explore: Explore, between: Between, sums: Sums, paint: Paint }[tool];
  const grid = ({ onPick, isPressed, mark, path, current }: GridProps) => (
    <SampleField
      label={`Samples of seeds ${first} to ${first + GRID - 1}`}
      samples={latent.samples.map((sample, i) => {
        const marked = mark?.(i);
        return {
          ...sample,
          short: String(first + i),
          label: `Sample of seed ${first + i}${marked ? `, ${marked}` : ''}`,
          ...(isPressed && { pressed: isPressed(i) }),
          ...(marked !== undefined && { mark: marked }),
        };
      })}
      onPick={onPick}
      path={path}
      current={current}
    />
  );
  return (
    <div className={styles.panel}>
      <header className={styles.bar}>
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that switch a tool, not a form's fields */}
        <div role="group" aria-label="Tool" className={styles.tools}>
          {tools.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className={styles.tool}
              aria-pressed={tool === value}
              onClick={() => setTool(value)}
            >
              {label}
            </button>
          ))}
        </div>
        {outputs.length > 1 ? (
          <Select
            size="sm"
            label="What is made"
            value={output.key}
            onChange={onOutput}
            options={outputs.map(({ key, name }) => ({ value: key, label: name }))}
          />
        ) : null}
        {averagedIn(plan, output.ref) ? (
          <Select size="sm" label="Weights" value={weights} onChange={setWeights} options={weightChoices} />
        ) : null}
        <IconButton icon={RefreshCw} size="sm" label="Other samples" onClick={() => setFirst(first + GRID)} />
        {problem ? <span className={styles.problem}>{problem}</span> : null}
      </header>
      <Tool
        plan={plan}
        of={output.ref}
        latent={latent}
        weights={weights}
        origin={origin}
        onOrigin={setOrigin}
        grid={grid}
      />
    </div>
  );
}
