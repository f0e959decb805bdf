import styles from './gallery.module.css';

/** Stands where no picture has been made yet: the two players and the wire between them, no samples. */
export function Placeholder({ seed }: { readonly seed: string }) {
  const tilt = ([...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5) * 6 - 12;
  return (
    <svg className={styles.placeholder} viewBox="0 0 320 200" aria-hidden="true" focusable="false">
      <path d={`M110 ${100 + tilt} C 150 ${100 + tilt}, 170 ${100 - tilt}, 210 ${100 - tilt}`} />
      <rect x="66" y={84 + tilt} width="44" height="32" rx="16" data-player="g" />
      <rect x="210" y={84 - tilt} width="44" height="32" rx="16" data-player="d" />
    </svg>
  );
}
