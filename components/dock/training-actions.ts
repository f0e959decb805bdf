import { Play, RotateCcw, SkipForward, Undo2 } from 'lucide-react';
import type { Action } from '@/components/editor/actions';
import type { TrainingStore } from '@/lib/store/training-state';

/** What can be done with the run, for keys and the command palette. */
export const trainingActions = (training: TrainingStore): readonly Action[] => [
  {
    id: 'toggle-training',
    label: 'Play or pause training',
    group: 'Training',
    keys: ['Space'],
    icon: Play,
    run: training.toggle,
  },
  {
    id: 'step-training',
    label: 'Train one iteration',
    group: 'Training',
    keys: ['.'],
    icon: SkipForward,
    enabled: () => ['idle', 'paused'].includes(training.getState().status.type),
    run: training.step,
  },
  {
    id: 'reset-training',
    label: 'Back to iteration 0',
    group: 'Training',
    icon: RotateCcw,
    enabled: () => training.getState().status.type !== 'idle' || training.getState().kept > 0,
    run: training.reset,
  },
  {
    id: 'undo-reset-training',
    label: 'Undo the reset of training',
    group: 'Training',
    icon: Undo2,
    enabled: () => training.getState().replaced?.fits === true,
    run: training.undoReset,
  },
];
