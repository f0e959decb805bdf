import { type ChangeEvent, type FocusEvent, type KeyboardEvent, useState } from 'react';
import { formatCount } from '@/lib/util/format-count';
import { parseIterations } from './parse-iterations';

/** A box for a number of iterations. Enter or leaving it takes what is typed, Escape takes it back. */
export function useIterations(value: number, least: number, onChange: (iterations: number) => void) {
  const [draft, setDraft] = useState<string>();
  const parsed = draft === undefined ? value : parseIterations(draft, least);
  return {
    value: draft ?? formatCount(value),
    inputMode: 'numeric',
    'aria-invalid': parsed === undefined,
    onFocus: (event: FocusEvent<HTMLInputElement>) => event.target.select(),
    onChange: (event: ChangeEvent<HTMLInputElement>) => setDraft(event.target.value),
    onBlur() {
      if (parsed !== undefined && parsed !== value) onChange(parsed);
      setDraft(undefined);
    },
    onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
      if (event.key === 'Enter') event.currentTarget.blur();
      if (event.key === 'Escape') setDraft(undefined);
      event.stopPropagation();
    },
  } as const;
}
