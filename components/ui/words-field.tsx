'use client';
import styles from './text-field.module.css';

/** A line of words that takes the place of what it changes: Enter or leaving it keeps them, Escape does not. */
export function WordsField(props: {
  readonly label: string;
  readonly words: string;
  readonly most?: number;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  /** With the words as they were where nothing is changed. */
  readonly onEnd: (words: string) => void;
}) {
  const { label, words, most = 200, placeholder, className = '', onEnd } = props;
  return (
    <input
      className={`${styles.field} ${className}`}
      aria-label={label}
      defaultValue={words}
      maxLength={most}
      placeholder={placeholder}
      // biome-ignore lint/a11y/noAutofocus: it was just asked for
      autoFocus
      onBlur={({ target }) => onEnd(target.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = words;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
