import { Check, ChevronDown } from 'lucide-react';
import * as Radix from 'radix-ui/select';
import { classes } from './classes';
import styles from './select.module.css';

interface SelectProps<T extends string> {
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  /** For screen readers, where no <label> names it. */
  readonly label?: string;
  readonly id?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly size?: 'sm' | 'md';
  readonly className?: string | undefined;
}

/** One of a few values. Values must not be empty strings. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { value, onChange, options, label, id, placeholder, disabled, size = 'md', className } = props;
  return (
    <Radix.Root
      value={value ?? ''}
      onValueChange={(next) => onChange(next as T)}
      disabled={disabled ?? false}
    >
      <Radix.Trigger id={id} aria-label={label} className={classes(styles.trigger, styles[size], className)}>
        <span className={styles.value}>
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon className={styles.icon}>
          <ChevronDown size={14} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.list} position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport className={styles.viewport} nonce={pageNonce()}>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={styles.item}
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className={styles.check}>
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Radix adds a style element for the list's scroll bar; the page's policy wants its nonce (app/theme-script.ts). */
const pageNonce = (): string | undefined => (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__;
