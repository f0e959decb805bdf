'use client';
import { Check, Link2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useEditor } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import { needed } from '@/components/ui/missing';
import { Popover } from '@/components/ui/popover';
import { readied } from '@/components/ui/ready';
import { MOST_LINK } from '@/lib/share/find-link';
import styles from './share-button.module.css';

const loadLinks = readied(() => import('@/lib/share/link'));

/** The whole graph as a link, with its size. */
export function ShareButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Share"
      align="end"
      width={340}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Share</Button>}
    >
      {isOpen ? <LinkPanel /> : null}
    </Popover>
  );
}

function LinkPanel() {
  const graph = useEditor((state) => state.graph);
  const [link, setLink] = useState<string>();
  const [copied, setCopied] = useState<'yes' | 'refused'>();
  useEffect(() => {
    let isGone = false;
    void needed('The writer of links', loadLinks)
      .then(({ encodeLink }) => encodeLink(graph))
      .then((fragment) => {
        if (!isGone) setLink(`${window.location.origin}/edit#${fragment}`);
      });
    return () => {
      isGone = true;
    };
  }, [graph]);
  const copy = async () => {
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('refused');
    }
  };
  return (
    <div className={styles.panel}>
      <p className={styles.words}>
        The link holds the whole graph, compressed. Nothing is uploaded, and opening it runs nothing.
      </p>
      <div className={styles.row}>
        <input
          className={styles.link}
          aria-label="Link"
          readOnly
          value={link && !isTooLong(link) ? link : ''}
          onFocus={(event) => event.target.select()}
        />
        <Button variant="primary" disabled={!link || isTooLong(link)} onClick={copy}>
          {copied === 'yes' ? <Check size={14} aria-hidden /> : <Link2 size={14} aria-hidden />}
          {copied === 'yes' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      <p role="status" className={styles.size}>
        {copied === 'refused' ? 'The browser did not allow it; select and copy the text above. ' : ''}
        {link ? sizeOf(link) : 'Making the link …'}
      </p>
    </div>
  );
}

/** Mail and chat programs begin to cut links at a few thousand characters. */
const LONG = 8_000;

const isTooLong = (link: string): boolean => link.length > MOST_LINK;

function sizeOf(link: string): string {
  const size = `${(link.length / 1000).toFixed(1)} kB`;
  if (isTooLong(link))
    return `${size} are more than a link may have (${MOST_LINK / 1000} kB). Save the graph as a file instead.`;
  return link.length > LONG ? `${size}. Some programs cut links this long; a file is safer.` : size;
}
