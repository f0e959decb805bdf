'use client';
import { useSyncExternalStore } from 'react';

/**
 * Light or dark: `data-theme` on <html>, set by a script before the first paint (app/layout.tsx) and by the
 * toggle after it. A choice that equals the system's is forgotten, so that the page follows the system again.
 */
type Theme = 'light' | 'dark';

const THEME_KEY = 'ganvas-theme';

const systemTheme = (): Theme =>
  window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';

const readTheme = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    if (readChoice() === undefined) document.documentElement.dataset.theme = systemTheme();
  };
  media.addEventListener('change', follow);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', follow);
  };
}

/** Storage may be forbidden, as in a private window; the theme then lasts as long as the page. */
function readChoice(): string | undefined {
  try {
    return localStorage.getItem(THEME_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    if (theme === systemTheme()) localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, theme);
  } catch {
    // As above: not kept.
  }
}

/** The theme on screen, for what is drawn on a canvas; style sheets need no hook. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, readTheme, () => 'light');

export const toggleTheme = (): void => setTheme(readTheme() === 'dark' ? 'light' : 'dark');
