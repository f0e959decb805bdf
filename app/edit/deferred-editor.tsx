'use client';
import dynamic from 'next/dynamic';
import { Shell } from '@/components/editor/shell';
import { part } from '@/components/ui/part';

const load = () => import('./editor-page').then((module) => module.EditorPage);
// Fetched while the shell is drawn, not after it; the part below says where it could not be.
if (typeof window !== 'undefined') load().catch(() => {});

/** The shell at once, the editor in it as soon as its code is there. */
export const DeferredEditor = part('the editor', load, {
  make: (again) => dynamic(again, { ssr: false, loading: Shell }),
});
