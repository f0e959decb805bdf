'use client';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { ClassShell } from '@/components/dock/class-shell';
import { Dock } from '@/components/dock/dock';
import { trainingActions } from '@/components/dock/training-actions';
import { TrainingProvider, useTrainingStore } from '@/components/dock/training-context';
import { AutosaveProvider } from '@/components/editor/autosave-context';
import { Editor } from '@/components/editor/editor';
import { TopBar } from '@/components/editor/top-bar';
import { StoresProvider, useStores } from '@/components/hooks/stores';
import { fileActions } from '@/components/share/file-actions';
import { isClassView } from '@/components/share/is-class-view';
import { OpeningProvider, useOpening } from '@/components/share/open-context';
import { Start } from '@/components/share/start';
import { takePasted } from '@/components/share/take-pasted';
import { part } from '@/components/ui/part';
import { startReadying } from '@/components/ui/ready';

const ClassView = part('the class view', () =>
  import('@/components/dock/class-view').then((module) => module.ClassView),
);

/** The editor with its stores, its run and its ways in. */
export function EditorPage() {
  useEffect(startReadying, []);
  const [isClass] = useState(isClassView);
  return (
    <StoresProvider>
      <AutosaveProvider>
        <TrainingProvider>
          <OpeningProvider>
            <Start />
            {isClass ? (
              <Suspense fallback={<ClassShell />}>
                <ClassView />
              </Suspense>
            ) : (
              <Page />
            )}
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
    () => [...trainingActions(training), ...fileActions(stores, opening, training)],
    [stores, training, opening],
  );
  const onPaste = useMemo(() => takePasted(opening), [opening]);
  return <Editor topBar={<TopBar />} dock={<Dock />} actions={actions} onPaste={onPaste} />;
}
