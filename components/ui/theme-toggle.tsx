'use client';
import { Moon, Sun } from 'lucide-react';
import { IconButton } from './icon-button';
import { toggleTheme, useTheme } from './theme';

/** Light to dark and back. */
export function ThemeToggle() {
  const isDark = useTheme() === 'dark';
  return (
    <IconButton
      icon={isDark ? Sun : Moon}
      label={isDark ? 'Light theme' : 'Dark theme'}
      onClick={toggleTheme}
    />
  );
}
