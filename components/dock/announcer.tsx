'use client';
import { useEffect, useRef, useState } from 'react';
import { formatCount } from './format';
import { useProblems } from './problems-panel';
import { useTraining } from './training-context';

/** Tells screen readers when training starts, stops and fails, and when problems come or go. */
export function Announcer() {
  const status = useTraining((state) => state.status);
  const iteration = useTraining((state) => (state.status.type === 'running' ? 0 : state.iteration));
  const errors = useProblems().filter(({ severity }) => severity === 'error').length;
  const [text, setText] = useState('');
  const before = useRef({ status: status.type, errors });
  useEffect(() => {
    const last = before.current;
    before.current = { status: status.type, errors };
    if (status.type !== last.status) {
      const words = {
        idle: '',
        compiling: 'Building the networks',
        running: 'Training',
        paused: `Paused at iteration ${formatCount(iteration)}`,
        failed: status.type === 'failed' ? `Training stopped. ${status.diagnostic.message}` : '',
      };
      setText(words[status.type]);
    } else if (errors !== last.errors) {
      setText(errors === 0 ? 'No errors' : errors === 1 ? '1 error' : `${errors} errors`);
    }
  }, [status, iteration, errors]);
  return (
    <p role="status" aria-live="polite" className="visually-hidden">
      {text}
    </p>
  );
}
