import type { Metadata } from 'next';
import { DeferredEditor } from './deferred-editor';

export const metadata: Metadata = { title: 'Editor' };

export default function Page() {
  return <DeferredEditor />;
}
