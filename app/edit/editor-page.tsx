'use client';
import { Dock } from '@/components/dock/dock';
import { TrainingProvider } from '@/components/dock/training-context';
import { Editor } from '@/components/editor/editor';
import { TopBar } from '@/components/editor/top-bar';
import { StoresProvider } from '@/components/hooks/stores';
import { OpeningProvider } from '@/components/share/open-context';
import { Start } from '@/components/share/start';

const restore = async () => {};

/** The editor with its stores, its run and its ways in. */
export function EditorPage() {
  return (
    <StoresProvider>
      <TrainingProvider>
        <OpeningProvider>
          <Start restore={restore} />
          <Editor topBar={<TopBar />} dock={<Dock />} />
        </OpeningProvider>
      </TrainingProvider>
    </StoresProvider>
  );
}
