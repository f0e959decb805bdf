'use client';
import { useEffect, useMemo } from 'react';
import { Dock } from '@/components/dock/dock';
import { trainingActions } from '@/components/dock/training-actions';
import { TrainingProvider, useTrainingStore } from '@/components/dock/training-context';
import { AutosaveProvider } from '@/components/editor/autosave-context';
import { Editor } from '@/components/editor/editor';
import { TopBar } from '@/components/editor/top-bar';
import { StoresProvider, useStores } from '@/components/hooks/stores';
import { fileActions } from '@/components/share/file-actions';
import { OpeningProvider, useOpening } from '@/components/share/open-context';
import { Start } from '@/components/share/start';
import { takePasted } from '@/components/share/take-pasted';
import { startReadying } from '@/components/ui/ready';

/** The editor with its stores, its run and its ways in. */
export function EditorPage() {
  useEffect(startReadying, []);
  return (
    <StoresProvider>
      <AutosaveProvider>
        <TrainingProvider>
          <OpeningProvider>
            <Start />
            <Page />
          </OpeningProvider>
        </TrainingProvider>
      </AutosaveProvider>
    </StoresProvider>
  );
}

function Page() {
  const stores = useStores();
  const training = useTrainingStore();
  const opening = useOpening();
  const actions = useMemo(
    () => [...trainingActions(training), ...fileActions(stores, opening)],
    [stores, training, opening],
  );
  const onPaste = useMemo(() => takePasted(opening), [opening]);
  return <Editor topBar={<TopBar />} dock={<Dock />} actions={actions} onPaste={onPaste} />;
}
