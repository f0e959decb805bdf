'use client';
import dynamic from 'next/dynamic';
import { Frame } from '@/components/editor/frame';

const load = () => import('./editor-page').then((module) => module.EditorPage);
// Fetched while the frame is drawn, not after it.
if (typeof window !== 'undefined') void load();

/** The frame at once, the editor in it as soon as its code is there. */
export const DeferredEditor = dynamic(load, { ssr: false, loading: Frame });
