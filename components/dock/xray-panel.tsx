'use client';
import { ChartSpline, X } from 'lucide-react';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { IconButton } from '@/components/ui/icon-button';
import type { Checked } from '@/lib/check/checked';
import { nameOf, portName, signOfNetwork } from '@/lib/check/names';
import type { Picture } from '@/lib/draw/picture';
import { formatNumber } from '@/lib/draw/text';
import { splitEndpoint } from '@/lib/graph/schema';
import { courseKey } from '@/lib/store/xray-courses';
import type { Summary } from '@/lib/train/summary';
import type { Xray } from '@/lib/train/xray';
import { formatCount } from '@/lib/util/format-count';
import { GivenPicture } from './given-picture';
import { Panel } from './panel';
import { PastNote, useCursor } from './past-note';
import { useTraining, useTrainingStore } from './training-context';
import styles from './xray-panel.module.css';

/** What is open to X-rays, side by side, as the run sees it now, or saw it where the timeline’s cursor is. */
export function XrayPanel() {
  const training = useTrainingStore();
  const { feed } = training;
  const checked = usePlain();
  const targets = useSession((state) => state.xrays);
  const [timed, setTimed] = useState<ReadonlySet<string>>(new Set());
  const isIdle = useTraining(({ status }) => status.type === 'idle');
  const kept = useTraining((state) => state.kept);
  const report = useSyncExternalStore(feed.subscribe, feed.xrays, () => undefined);
  const cursor = useCursor();
  const canRest = isIdle && kept > 0 && targets.length > 0;
  useEffect(() => {
    if (canRest) training.rest();
  }, [training, canRest]);
  if (targets.length === 0)
    return (
      <p className={styles.none}>
        Nothing is open. Press a wire’s label, or select wires, layers or other nodes and press X.
      </p>
    );
  const missing =
    isIdle && kept === 0
      ? 'Press play, or train one iteration, to see what it carries.'
      : (report?.problem ?? 'Looking …');
  return (
    <>
      {report?.problem === undefined ? null : (
        <PastNote>{report.problem} Histograms are from while an X-ray was open.</PastNote>
      )}
      <div className={styles.panel}>
        {targets.map((target) => {
          const xray = report?.xrays.find((each) => each.target === target);
          return (
            <Opened
              key={target}
              target={target}
              checked={checked}
              overTime={timed.has(target)}
              onOverTime={() => setTimed(toggled(timed, target))}
            >
              {xray ? (
                <Found
                  xray={xray}
                  checked={checked}
                  overTime={timed.has(target)}
                  at={cursor === undefined ? undefined : report?.iteration}
                />
              ) : cursor !== undefined && report?.problem !== undefined ? (
                <Then target={target} checked={checked} cursor={cursor} overTime={timed.has(target)} />
              ) : (
                <p className={styles.note}>{missing}</p>
              )}
            </Opened>
          );
        })}
      </div>
    </>
  );
}

/** What was seen, while it was open, of an output or a layer by an iteration of which no X-ray can be made any more. */
function Then(props: {
  readonly target: string;
  readonly checked: Checked;
  readonly cursor: number;
  readonly overTime: boolean;
}) {
  const { target, checked, cursor, overTime } = props;
  const { courses } = useTrainingStore().feed;
  const seen = courses.at(target, cursor);
  if (seen.length === 0) return <p className={styles.note}>It was not open by then.</p>;
  return (
    <div className={styles.groups}>
      {seen.map(({ part, moment }) => {
        const { iteration, ...histogram } = moment;
        const name = checked.nodes.has(part) ? `in ${nameOf(checked, part)}` : part;
        const caption = overTime
          ? `values up to iteration ${formatCount(iteration)}`
          : `values at iteration ${formatCount(iteration)}`;
        const course = courses.course(courseKey(target, part)).filter((each) => each.iteration <= cursor);
        return (
          <Group key={part} name={name}>
            <figure className={styles.figure}>
              <figcaption className={styles.caption}>{caption}</figcaption>
              <GivenPicture
                picture={overTime ? { type: 'course', moments: course } : { type: 'histogram', ...histogram }}
                label={caption}
                className={styles.canvas}
              />
            </figure>
          </Group>
        );
      })}
    </div>
  );
}

interface OpenedProps {
  readonly target: string;
  readonly checked: Checked;
  readonly overTime: boolean;
  readonly onOverTime: () => void;
  readonly children: ReactNode;
}

function Opened(props: OpenedProps) {
  const { target, checked, children, overTime, onOverTime } = props;
  const { session } = useStores();
  const title = titleOfTarget(target, checked);
  const buttons = (
    <>
      <IconButton
        icon={ChartSpline}
        size="sm"
        label="Histograms over time"
        pressed={overTime}
        onClick={onOverTime}
      />
      <IconButton
        icon={X}
        size="sm"
        label={`Close the X-ray of ${title}`}
        onClick={() => session.closeXray(target)}
      />
    </>
  );
  return (
    <Panel title={title} label={`X-ray of ${title}`} className={styles.opened} aside={buttons}>
      {children}
    </Panel>
  );
}

/** `Dense in G`, `weights of Dense in G`, `G(z)`. */
function titleOfTarget(target: string, checked: Checked): string {
  const end = target.includes('.') ? splitEndpoint(target) : undefined;
  const id = end?.id ?? target;
  const inside = checked.networks.get(checked.nodes.get(id)?.node.network ?? '')?.network;
  const name = end ? portName(checked, { ...end, side: 'output' }) : `weights of ${nameOf(checked, id)}`;
  return inside ? `${name} in ${signOfNetwork(checked, inside)}` : name;
}

const toggled = (all: ReadonlySet<string>, one: string): ReadonlySet<string> =>
  all.has(one) ? new Set([...all].filter((each) => each !== one)) : new Set([...all, one]);

interface FoundProps {
  readonly xray: Xray;
  readonly checked: Checked;
  readonly overTime: boolean;
  /** The iteration that it is of, where that is over. */
  readonly at: number | undefined;
}

function Found({ xray: { target, flows, weights }, checked, overTime, at }: FoundProps) {
  const { courses } = useTrainingStore().feed;
  const courseOf = (part: string | undefined): Picture | undefined => {
    if (!overTime) return undefined;
    const course = courses.course(courseKey(target, part));
    const moments = at === undefined ? course : course.filter(({ iteration }) => iteration <= at);
    return { type: 'course', moments };
  };
  if (flows.length + weights.length === 0)
    return <p className={styles.note}>Nothing that is trained, shown or measured evaluates it.</p>;
  const players = [...checked.nodes.values()].flatMap(({ node, definition }) =>
    definition?.role === 'optimizer' && checked.active.has(node.id) ? [node.id] : [],
  );
  const then = at === undefined ? undefined : `iteration ${formatCount(at)}`;
  const nameOfAll = (ids: readonly string[]) => ids.map((id) => nameOf(checked, id)).join(', ');
  return (
    <div className={styles.groups}>
      {flows.map(({ call, value, gradients }) => {
        const absent = players.filter((player) => !Object.hasOwn(gradients, player));
        return (
          <Group
            key={call ?? ''}
            name={joined(call && `in ${nameOf(checked, call)}`, value.dims.join(' × '), then)}
            note={absent.length > 0 ? `Not evaluated in the update of ${nameOfAll(absent)}.` : undefined}
          >
            <Seen caption="values" at={at} summary={value} picture={courseOf(call)} />
            {Object.entries(gradients).map(([player, summary]) => (
              <Seen
                key={player}
                caption={`gradient, ${nameOf(checked, player)}`}
                at={at}
                summary={summary}
                withNorm
              />
            ))}
          </Group>
        );
      })}
      {weights.map(({ name, value, changes }) => (
        <Group key={name} name={joined(name, value.dims.join(' × '), then)}>
          <Seen caption="values" at={at} summary={value} picture={courseOf(name)} />
          {Object.entries(changes).map(([player, summary]) => (
            <Seen
              key={player}
              caption={`next step, ${nameOf(checked, player)}`}
              at={at}
              summary={summary}
              withNorm
              ratio={summary.norm / value.norm}
            />
          ))}
        </Group>
      ))}
    </div>
  );
}

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

function Group(props: {
  readonly name: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.group}>
      <p className={styles.about}>
        {props.name}
        {props.note ? <span className={styles.absent}> {props.note}</span> : null}
      </p>
      <div className={styles.figures}>{props.children}</div>
    </div>
  );
}

const NOT_FINITE = 'NaN, ∞';

interface SeenProps {
  readonly caption: string;
  readonly at: number | undefined;
  readonly summary: Summary;
  /** In place of the one of now. */
  readonly picture?: Picture | undefined;
  readonly withNorm?: boolean;
  /** How long a step is beside the weight. */
  readonly ratio?: number;
}

function Seen({ caption, at, summary, picture = summary.picture, withNorm = false, ratio }: SeenProps) {
  const { mean, sd, min, max, norm, zeros, nonFinite } = summary;
  const figures = [
    ['mean', formatNumber(mean)],
    ['sd', formatNumber(sd)],
    ['min', formatNumber(min)],
    ['max', formatNumber(max)],
    ...(withNorm ? [['norm', formatNumber(norm)] as const] : []),
    ...(ratio === undefined
      ? [['zeros', percent(zeros)] as const]
      : [['of weight', formatNumber(ratio)] as const]),
    ...(nonFinite > 0 || !withNorm ? [[NOT_FINITE, percent(nonFinite)] as const] : []),
  ] as const;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption} title={caption}>
        {caption}
      </figcaption>
      <GivenPicture
        picture={picture}
        label={at === undefined ? `${caption}, live` : `${caption} at iteration ${formatCount(at)}`}
        className={styles.canvas}
      />
      <dl className={styles.numbers}>
        {figures.map(([name, value]) => (
          <div key={name} data-bad={name === NOT_FINITE && nonFinite > 0 ? '' : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

const percent = (share: number): string =>
  share > 0 && share < 0.001 ? '<0.1 %' : `${Number((100 * share).toFixed(1))} %`;
