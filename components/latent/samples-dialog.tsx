'use client';
import { useMemo, useState } from 'react';
import { GivenPicture } from '@/components/dock/given-picture';
import { useTrainingStore } from '@/components/dock/training-context';
import { useEditor, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { ChoiceRow } from '@/components/ui/choice-row';
import { Dialog } from '@/components/ui/dialog';
import { downloadFile, stemOf } from '@/components/ui/download';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import fields from '@/components/ui/text-field.module.css';
import type { SampleRequest } from '@/lib/compile/tf/make-samples';
import { formatsOf, type SampleEnding, sampleFormats } from '@/lib/export/sample-files';
import type { TrainingStore } from '@/lib/store/training-state';
import { type ClassInput, classInputs, drawSet, knownOf, PROBED } from '@/lib/train/sample-set';
import { formatCount } from '@/lib/util/format-count';
import { readNumber } from '@/lib/util/read-number';
import { reasonOf } from '@/lib/util/reason-of';
import { pictureOf } from './picture-of';
import styles from './samples-dialog.module.css';
import { askRun, type Generator, useGenerator } from './use-generator';
import { useLatest } from './use-latest';
import { averagedIn, weightChoices, weightsIn } from './weights';

/** So many at once; more are made by the command line. */
const MOST = 10_000;
const SHOWN = 16;
const SHOWN_OF_A_CLASS = 4;

/** What the generator makes, as files. */
export function SamplesDialog() {
  const { session } = useStores();
  const generator = useGenerator();
  const close = () => session.setState({ dialog: undefined });
  if (generator.type === 'ready') return <Choices generator={generator} onClose={close} />;
  return (
    <Dialog open onOpenChange={close} title="Export samples" footer={<Button onClick={close}>Close</Button>}>
      <p className={styles.words}>{generator.why}</p>
    </Dialog>
  );
}

type Ready = Extract<Generator, { type: 'ready' }>;

const none: readonly ClassInput[] = [];
/** Until it is known what samples are. */
const usual: readonly SampleEnding[] = ['csv', 'npz'];

const makeOf = (training: TrainingStore) => (request: SampleRequest) =>
  askRun(training, { type: 'samples', ...request });

function Choices({ generator, onClose }: { readonly generator: Ready; readonly onClose: () => void }) {
  const { plan, outputs } = generator;
  const training = useTrainingStore();
  const title = useEditor((state) => state.graph.title);
  const [key, setKey] = useState(outputs[0]?.key);
  const output = outputs.find((each) => each.key === key) ?? outputs[0];
  const ref = output?.ref;
  const [ending, setEnding] = useState<SampleEnding>();
  const [first, setFirst] = useState('0');
  const [count, setCount] = useState('64');
  const [isPerClass, setPerClass] = useState(false);
  const [weights, setWeights] = useState<'live' | 'ema'>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [from, many] = [readNumber(first), readNumber(count)];
  const hasAverage = ref !== undefined && averagedIn(plan, ref);
  const chosen = weights ?? (ref ? weightsIn(plan, ref) : 'live');
  const askClasses = useMemo(
    () =>
      ref &&
      (async () => ({
        ref,
        classes: classInputs(plan, await makeOf(training)({ of: ref, numbers: PROBED })),
      })),
    [training, plan, ref],
  );
  const { value: probed, problem: unprobed } = useLatest(askClasses);
  const classes = probed?.ref === ref ? (probed?.classes ?? none) : none;
  const perClass = isPerClass ? classes[0] : undefined;
  const most = Math.floor(MOST / (perClass?.names.length ?? 1));
  const fault = faultOf(from, many, most);
  const request = useMemo(
    () => ref && { of: ref, first: from, weights: chosen, ...(perClass && { perClass }) },
    [ref, from, chosen, perClass],
  );
  const shown = Math.min(many, perClass ? SHOWN_OF_A_CLASS : SHOWN);
  const askPreview = useMemo(
    () => (request && !fault ? () => drawSet(makeOf(training), { ...request, count: shown }) : undefined),
    [training, request, fault, shown],
  );
  const { value: preview, problem: unseen } = useLatest(askPreview);
  const problem = failure ?? unseen ?? unprobed;

  const known = preview ? knownOf(plan, preview) : {};
  const offered = preview ? formatsOf(preview, known) : usual;
  const format = ending && offered.includes(ending) ? ending : (offered[0] ?? 'csv');

  const save = async () => {
    if (!request) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const set = await drawSet(makeOf(training), { ...request, count: many });
      const { write, type } = sampleFormats[format];
      const content = write(set, knownOf(plan, set));
      if (content !== undefined) downloadFile(`${stemOf(title)}-samples.${format}`, content, type);
      onClose();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Export samples"
      description="Sample k is drawn by seed k, whatever else is exported, with the weights of now."
      width={640}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => void save()}
            disabled={fault !== undefined || isBusy || !preview}
          >
            {isBusy ? 'Exporting …' : 'Export'}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.choices}>
          {outputs.length > 1 ? (
            <ChoiceRow label="What">
              {(id) => (
                <Select
                  id={id}
                  size="sm"
                  value={output?.key}
                  onChange={setKey}
                  options={outputs.map((each) => ({ value: each.key, label: each.name }))}
                />
              )}
            </ChoiceRow>
          ) : null}
          <ChoiceRow label="Format">
            {(id) => (
              <Select
                id={id}
                size="sm"
                value={format}
                onChange={setEnding}
                options={offered.map((each) => ({ value: each, label: sampleFormats[each].title }))}
              />
            )}
          </ChoiceRow>
          <ChoiceRow label="First seed">
            {(id) => <NumberField id={id} text={first} onChange={setFirst} isWrong={fault === FIRST} />}
          </ChoiceRow>
          <ChoiceRow label={perClass ? 'Of each class' : 'Samples'}>
            {(id) => (
              <NumberField
                id={id}
                text={count}
                onChange={setCount}
                isWrong={fault !== undefined && fault !== FIRST}
              />
            )}
          </ChoiceRow>
          {hasAverage ? (
            <ChoiceRow label="Weights">
              {(id) => (
                <Select id={id} size="sm" value={chosen} onChange={setWeights} options={weightChoices} />
              )}
            </ChoiceRow>
          ) : null}
          {classes.length > 0 ? (
            <ChoiceRow label={`All ${classes[0]?.names.length} classes`}>
              {(id) => <Switch id={id} checked={isPerClass} onChange={setPerClass} />}
            </ChoiceRow>
          ) : null}
          {fault || problem ? (
            <p role="alert" className={styles.fault}>
              {fault ?? problem}
            </p>
          ) : null}
        </div>
        {preview ? (
          <GivenPicture
            picture={pictureOf(preview, known.alphabet)}
            label="The first of them"
            className={styles.picture}
          />
        ) : (
          <div className={styles.picture} />
        )}
      </div>
    </Dialog>
  );
}

const FIRST = 'The first seed is a whole number from 0 to 1,000,000,000.';

function faultOf(first: number, count: number, most: number): string | undefined {
  if (!Number.isSafeInteger(first) || first < 0 || first > 1e9) return FIRST;
  if (Number.isSafeInteger(count) && count >= 1 && count <= most) return undefined;
  return `A whole number from 1 to ${formatCount(most)} is asked for.`;
}

function NumberField(props: {
  readonly id: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly isWrong: boolean;
}) {
  const { id, text, onChange, isWrong } = props;
  return (
    <input
      id={id}
      className={fields.field}
      inputMode="numeric"
      value={text}
      aria-invalid={isWrong}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
