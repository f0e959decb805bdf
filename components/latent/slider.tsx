import styles from './latent-panel.module.css';

/** A number between two others, by a slider; in two hundred steps, where they are not given. */
export function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, value, low, high, step, onChange } = props;
  return (
    <label className={styles.slider}>
      <span>{label}</span>
      <input
        type="range"
        min={low}
        max={high}
        step={step ?? (high - low) / 200}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output>{value.toFixed(step === undefined ? 2 : 1)}</output>
    </label>
  );
}
