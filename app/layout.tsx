import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';
import './globals.css';
import { KeepBuild } from './keep-build';
import { themeScript } from './theme-script';

export const metadata: Metadata = {
  title: { default: 'Ganvas', template: '%s · Ganvas' },
  description: 'A canvas for GANs: compose networks, losses and optimizers into a game, and watch it learn.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f6f4' },
    { media: '(prefers-color-scheme: dark)', color: '#17181b' },
  ],
};

/** Every page: the theme before the first paint, and messages. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    // The script sets data-theme before React sees the element.
    <html lang="en" suppressHydrationWarning>
      <body>
        {/* Browsers hide a nonce from scripts, so React would find it missing. */}
        <script nonce={nonce} suppressHydrationWarning>
          {themeScript}
        </script>
        {children}
        <Toaster />
        <KeepBuild />
      </body>
    </html>
  );
}
