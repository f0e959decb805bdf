import { useEffect, useId, useRef, useState } from 'react';
import { classes } from '@/components/ui/classes';
import styles from './inspector.module.css';

interface TextBoxProps {
  readonly id?: string;
  readonly label?: string;
  /** What is committed, as text. */
  readonly text: string;
  /** The fault of a text, or undefined where it is fine. */
  fault?(text: string): string | undefined;
  /** A text without fault: as it is typed, or when it is settled. */
  onType(text: string): void;
  /**
   * What is typed on the way to a value means something else, as 1 does in 1e6: it is taken when Enter is
   * pressed or the box is left.
   */
  readonly settled?: boolean;
  onEnd(): void;
  onCancel(): void;
  readonly lines?: number;
  readonly placeholder?: string;
  /** Faint, at the right: limits or a unit. */
  readonly hint?: string;
  readonly mono?: boolean;
  readonly numeric?: boolean;
  /** Arrow up and down, by so many steps. */
  onStep?(steps: number): void;
}

/** The first press on a number takes it whole, so that what is typed replaces it; the next places the caret. */
function selectAll(event: React.MouseEvent<HTMLInputElement>): void {
  if (event.button !== 0 || document.activeElement === event.currentTarget) return;
  event.preventDefault();
  event.currentTarget.focus();
  event.currentTarget.select();
}

/** A box to type in. What does not fit shows why and goes nowhere; leaving the box gives the last good text. */
export function TextBox(props: TextBoxProps) {
  const { id, label, text, fault, onType, onEnd, onCancel, lines, placeholder, hint, mono, numeric, onStep } =
    props;
  const { settled = false } = props;
  const [typed, setTyped] = useState<string>();
  const faultId = useId();
  const shown = typed ?? text;
  const problem = fault?.(shown);
  // Undo, or another node in the same place, overrules what was being typed and is no longer there.
  useEffect(
    () => setTyped((current) => (current === undefined || current === text ? undefined : current)),
    [text],
  );
  const settle = () => {
    if (settled && typed !== undefined && typed !== text && problem === undefined) onType(typed);
    setTyped(undefined);
    onEnd();
  };
  // A box can go away before it is left: with a press on another card.
  const unsettled = useRef<() => void>(undefined);
  unsettled.current = settled && typed !== undefined ? settle : undefined;
  useEffect(() => () => unsettled.current?.(), []);
  const common = {
    id,
    value: shown,
    placeholder,
    'aria-label': label,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : faultId,
    'data-unchanged': settled && typed === undefined ? '' : undefined,
    className: classes(styles.box, mono && styles.mono, numeric && styles.numeric),
    spellCheck: !mono && !numeric,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      if (!settled && !fault?.(event.target.value)) onType(event.target.value);
    },
    onBlur: settle,
    onKeyDown: (event: React.KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (event.key === 'Escape') {
        if (typed !== undefined) event.stopPropagation();
        setTyped(undefined);
        onCancel();
      } else if (event.key === 'Enter' && !lines && problem === undefined) {
        settle();
      } else if (onStep && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        event.preventDefault();
        setTyped(undefined);
        onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
      }
    },
  };
  return (
    <span className={styles.boxFrame}>
      {lines ? (
        <textarea {...common} rows={lines} />
      ) : (
        <input
          {...common}
          type="text"
          inputMode={numeric ? 'decimal' : 'text'}
          autoComplete="off"
          onMouseDown={numeric ? selectAll : undefined}
        />
      )}
      {hint && !lines ? <span className={styles.hint}>{hint}</span> : null}
      {problem !== undefined ? (
        <span id={faultId} role="alert" className={styles.fault}>
          {problem}
        </span>
      ) : null}
    </span>
  );
}
