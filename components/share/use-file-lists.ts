'use client';
import { useCallback, useState } from 'react';
import { useKeeping } from '@/components/editor/autosave-context';
import { needed } from '@/components/ui/missing';
import { readied } from '@/components/ui/ready';

interface Listed {
  readonly id: string;
  readonly title: string;
}

const RECENT = 12;
const loadExamples = readied(() => import('@/lib/examples/catalogue'));

/** What the File menu lists, read when it opens: documents that were worked on, and the examples. */
export function useFileLists() {
  const { documents } = useKeeping();
  const [recent, setRecent] = useState<readonly Listed[]>([]);
  const [examples, setExamples] = useState<readonly Listed[]>([]);
  const read = useCallback(() => {
    // Without storage there is nothing to list.
    documents.list().then(
      (list) => setRecent(list.filter(({ isWorked }) => isWorked !== false).slice(0, RECENT)),
      () => setRecent([]),
    );
    void needed('The list of examples', loadExamples).then((catalogue) =>
      setExamples(catalogue.examples.map(({ id, document }) => ({ id, title: document.title }))),
    );
  }, [documents]);
  return { recent, examples, read };
}
