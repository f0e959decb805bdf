'use client';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { GivenData } from '@/components/data/given-data';
import { useTrainingStore } from '@/components/dock/training-context';
import { useKeeping } from '@/components/editor/autosave-context';
import { useStores } from '@/components/hooks/stores';
import { Deferred } from '@/components/ui/deferred';
import { part } from '@/components/ui/part';
import { assert } from '@/lib/util/assert';
import { DropZone } from './drop-zone';
import { createOpening, type Opening } from './opening';
import type { Refusal } from './refusal-dialog';

const OpeningContext = createContext<Opening | null>(null);

export function useOpening(): Opening {
  const opening = use(OpeningContext);
  assert(opening, 'an OpeningProvider around this component');
  return opening;
}

const RefusalDialog = part(
  'explanations',
  () => import('./refusal-dialog').then((module) => module.RefusalDialog),
  { instead: () => null },
);

const ImportDialog = part(
  'the import of data',
  () => import('@/components/data/import-dialog').then((module) => module.ImportDialog),
  { instead: () => null },
);

/** The ways in, what is dropped anywhere on the page, and the explanation of what does not open. */
export function OpeningProvider({ children }: { readonly children: ReactNode }) {
  const stores = useStores();
  const { autosave } = useKeeping();
  const training = useTrainingStore();
  const [refusal, refuse] = useState<Refusal>();
  const [given, openData] = useState<GivenData>();
  const opening = useMemo(
    () => createOpening({ stores, training, autosave, refuse, openData }),
    [stores, training, autosave],
  );
  return (
    <OpeningContext value={opening}>
      {children}
      <DropZone onDrop={opening.openHanded} />
      <Deferred>
        <RefusalDialog of={refusal} onClose={() => refuse(undefined)} />
        {given ? <ImportDialog of={given} onClose={() => openData(undefined)} /> : null}
      </Deferred>
    </OpeningContext>
  );
}
