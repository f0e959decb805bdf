import { Search } from 'lucide-react';
import { classes } from './classes';
import styles from './search-field.module.css';

/** A field to search a list by words; `label` is what it shows while it is empty, too. */
export function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string | undefined;
}) {
  const { label, value, onChange, className } = props;
  return (
    <label className={classes(styles.search, className)}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        placeholder={label}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
