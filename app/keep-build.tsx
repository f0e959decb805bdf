'use client';
import { useEffect } from 'react';
import { whenIdle } from '@/components/ui/when-idle';

/** The page's own files and the start of the worker come first. */
const AFTER_MS = 3_000;
const AT_MOST_MS = 10_000;

/** Asks for the service worker that keeps the build, once the page is at rest. Not in development. */
export function KeepBuild() {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const register = () => {
      // Without one, as in a private window, the page works as long as its server does.
      navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => {});
    };
    let cancel = () => {};
    const timer = setTimeout(() => {
      cancel = whenIdle(register, AT_MOST_MS);
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      cancel();
    };
  }, []);
  return null;
}
