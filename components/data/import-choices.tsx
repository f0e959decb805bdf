import { ChoiceRow } from '@/components/ui/choice-row';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { DataChoice, Scaling } from '@/lib/data/files/choose';
import { imageDims } from '@/lib/data/files/import-options';
import type { Fit } from '@/lib/data/files/resize';
import type { DataPreview } from '@/lib/data/import/opened-files';
import styles from './import-dialog.module.css';

/** No array or column has such a name. */
const NO_LABELS = '\u0000none';
const SIDES = [8, 16, 28, 32, 48, 64, 96, 128, 256];
const SHARES = [0, 0.05, 0.1, 0.2, 0.3, 0.5];
/** Columns that are offered one by one. */
const MOST_COLUMNS = 200;

const scalings: readonly { readonly value: Scaling; readonly label: string }[] = [
  { value: 'symmetric', label: 'From −1 to 1' },
  { value: 'unit', label: 'From 0 to 1' },
  { value: 'standard', label: 'Mean 0, deviation 1' },
  { value: 'none', label: 'As in the file' },
];
/** Labels of images, by the names that they have in the options. */
const folderLabels: Readonly<Record<string, string>> = {
  folder: 'Names of folders',
  'outer folder': 'Names of outer folders',
};
const fits: readonly { readonly value: Fit; readonly label: string }[] = [
  { value: 'crop', label: 'Crop' },
  { value: 'contain', label: 'Contain, on white' },
  { value: 'stretch', label: 'Stretch' },
];

/** What a person can choose of how data is prepared. */
export function ImportChoices(props: {
  readonly preview: DataPreview;
  readonly choice: DataChoice;
  readonly onChange: (choice: DataChoice) => void;
}) {
  const { preview, choice, onChange } = props;
  const { choices } = preview;
  // What was chosen last, whose effect may still be out: the next choice is made of it.
  const options = { ...preview.options, ...choice };
  const set = (change: DataChoice) => onChange({ ...choice, ...change });
  const image = imageDims(preview.options.shape) && imageDims(options.shape);
  return (
    <section className={styles.choices} aria-label="How it is prepared">
      {!choices.isTable && choices.x.length > 1 ? (
        <ChoiceRow label="Array">
          {(id) => (
            <Select
              id={id}
              size="sm"
              value={options.x[0]}
              options={choices.x.map((value) => ({ value, label: value }))}
              onChange={(name) => onChange({ x: [name] })}
            />
          )}
        </ChoiceRow>
      ) : null}
      {image ? <ImageChoices shape={image} fit={options.fit} flip={options.flip} onChange={set} /> : null}
      <ChoiceRow label="Numbers">
        {(id) => (
          <Select
            id={id}
            size="sm"
            value={choice.scaling ?? choices.scaling}
            options={scalings}
            onChange={(scaling) => set({ scaling })}
          />
        )}
      </ChoiceRow>
      <ChoiceRow label="Labels">
        {(id) => (
          <Select
            id={id}
            size="sm"
            value={options.labels === '' ? NO_LABELS : options.labels}
            options={[
              { value: NO_LABELS, label: 'None' },
              ...choices.labels.map((value) => ({
                value,
                label: (preview.isDecoded && folderLabels[value]) || value,
              })),
            ]}
            onChange={(value) => set({ labels: value === NO_LABELS ? '' : value })}
          />
        )}
      </ChoiceRow>
      <ChoiceRow label="Held out">
        {(id) => (
          <Select
            id={id}
            size="sm"
            value={String(options.heldOut)}
            options={SHARES.map((share) => ({ value: String(share), label: `${Math.round(100 * share)} %` }))}
            onChange={(share) => set({ heldOut: Number(share) })}
          />
        )}
      </ChoiceRow>
      {choices.isTable && choices.x.length > 1 ? (
        <fieldset className={styles.columnsField}>
          <legend>Columns of x</legend>
          {choices.x.slice(0, MOST_COLUMNS).map((name) => (
            <label key={name} className={styles.column}>
              <input
                type="checkbox"
                checked={options.x.includes(name)}
                disabled={name === options.labels || (options.x.length === 1 && options.x[0] === name)}
                onChange={({ target }) =>
                  set({
                    x: choices.x.filter((each) =>
                      each === name ? target.checked : options.x.includes(each),
                    ),
                  })
                }
              />
              {name}
            </label>
          ))}
        </fieldset>
      ) : null}
    </section>
  );
}

function ImageChoices(props: {
  readonly shape: readonly [number, number, number];
  readonly fit: Fit;
  readonly flip: boolean;
  readonly onChange: (change: DataChoice) => void;
}) {
  const { shape, fit, flip, onChange } = props;
  const [height, width, channels] = shape;
  const size = `${height} × ${width}`;
  const sizes = SIDES.map((side) => ({ value: `${side} × ${side}`, label: `${side} × ${side}` }));
  return (
    <>
      <ChoiceRow label="Size">
        {(id) => (
          <Select
            id={id}
            size="sm"
            value={size}
            options={
              sizes.some(({ value }) => value === size) ? sizes : [{ value: size, label: size }, ...sizes]
            }
            onChange={(chosen) => onChange({ shape: [...chosen.split(' × ').map(Number), channels] })}
          />
        )}
      </ChoiceRow>
      <ChoiceRow label="Fit">
        {(id) => (
          <Select id={id} size="sm" value={fit} options={fits} onChange={(next) => onChange({ fit: next })} />
        )}
      </ChoiceRow>
      <ChoiceRow label="Colour">
        {(id) => (
          <Select
            id={id}
            size="sm"
            value={String(channels)}
            options={[
              { value: '1', label: 'Grey' },
              { value: '3', label: 'Colour' },
            ]}
            onChange={(next) => onChange({ shape: [height, width, Number(next)] })}
          />
        )}
      </ChoiceRow>
      <ChoiceRow label="Mirrored too">
        {(id) => <Switch id={id} checked={flip} onChange={(next) => onChange({ flip: next })} />}
      </ChoiceRow>
    </>
  );
}
