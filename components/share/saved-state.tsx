'use client';

export function SavedState() {
  return null;
}
