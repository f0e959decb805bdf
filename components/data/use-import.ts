import { useCallback, useEffect, useRef, useState } from 'react';
import type { DataChoice } from '@/lib/data/files/choose';
import type { ImportOptions } from '@/lib/data/files/import-options';
import { type Import, startImport } from '@/lib/data/import/client';
import type { DataPreview } from '@/lib/data/import/opened-files';
import type { FromImportWorker } from '@/lib/data/import/protocol';
import type { NeededData } from '@/lib/nodes/define';
import type { GivenData } from './given-data';

/** Where an import stands. */
export interface ImportState {
  readonly step: 'reading' | 'choosing' | 'keeping' | 'refused';
  /** Of what is being done. */
  readonly share: number;
  /** When that began. */
  readonly since: number;
  readonly id?: string;
  readonly preview?: DataPreview;
  /** Why it cannot be used, or not so. */
  readonly refusal?: string;
}

export interface ImportEnd {
  readonly id: string;
  readonly options: ImportOptions;
  readonly notes: readonly string[];
  /** It is what the document asked for. */
  readonly wasNeeded: boolean;
}

const reading: ImportState = { step: 'reading', share: 0, since: 0 };

/**
 * An import from the first byte to what is kept. What the document needs is kept as it says, without a question. A
 * choice shows its effect when the worker has it; of several that were made meanwhile only the last is asked for.
 * `first` is chosen before anybody chooses.
 */
export function useImport(
  given: GivenData,
  needed: readonly NeededData[],
  first: DataChoice,
  onEnd: (end: ImportEnd) => void,
) {
  const [state, setState] = useState(reading);
  const [choice, setChoice] = useState(first);
  const work = useRef<Import>(undefined);
  const asked = useRef({ isOut: true, isUsed: false, choice });
  const newest = useRef({ needed, first, onEnd });
  newest.current = { needed, first, onEnd };

  useEffect(() => {
    let isOver = false;
    let missing: readonly NeededData[] = [];
    const receive = (message: FromImportWorker) => {
      if (isOver) return;
      switch (message.type) {
        case 'progress':
          return setState((before) => ({ ...before, share: message.share }));
        case 'preview': {
          const { id, preview } = message;
          missing = newest.current.needed.filter((each) => each.id === id);
          asked.current.isOut = false;
          const [next] = missing;
          // Of a choice that was still out when Use was pressed.
          if (asked.current.isUsed) return setState((before) => ({ ...before, preview }));
          setState({
            ...reading,
            step: next ? 'keeping' : 'choosing',
            since: performance.now(),
            id,
            preview,
          });
          return next && work.current?.keepFor(next.options);
        }
        case 'kept': {
          const { id, options, notes } = message;
          missing = missing.slice(1);
          const [next] = missing;
          if (next) return work.current?.keepFor(next.options);
          const wasNeeded = newest.current.needed.some((each) => each.id === id);
          return newest.current.onEnd({ id, options, notes, wasNeeded });
        }
        case 'refused':
          Object.assign(asked.current, { isOut: false, isUsed: false });
          return setState((before) => ({
            ...before,
            step: message.isChoice && before.preview ? 'choosing' : 'refused',
            refusal: message.message,
          }));
      }
    };
    // Other files may be dropped while these are shown.
    const { first: choice } = newest.current;
    asked.current = { isOut: true, isUsed: false, choice };
    setChoice(choice);
    setState({ ...reading, since: performance.now() });
    given.files().then(
      (files) => {
        if (!isOver) work.current = startImport(given.name, files, choice, receive);
      },
      (error: unknown) =>
        receive({
          type: 'refused',
          message: `${given.name}: the folder cannot be read: ${error}.`,
          isChoice: false,
        }),
    );
    return () => {
      isOver = true;
      work.current?.end();
    };
  }, [given]);

  // The newest choice, as soon as the one before has its answer.
  useEffect(() => {
    if (state.step !== 'choosing' || asked.current.isOut || asked.current.choice === choice) return;
    asked.current = { isOut: true, isUsed: false, choice };
    work.current?.preview(choice);
  }, [choice, state]);

  const keep = useCallback(() => {
    asked.current.isUsed = true;
    setState((before) => ({ ...without(before), step: 'keeping', share: 0, since: performance.now() }));
    work.current?.keep(choice);
  }, [choice]);

  return { state, choice, setChoice, keep };
}

const without = ({ refusal: _, ...state }: ImportState): ImportState => state;
