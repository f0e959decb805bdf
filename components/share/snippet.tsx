import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import styles from './snippet.module.css';

/** Lines of code to be run elsewhere. */
export function Snippet({ code }: { readonly code: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false), // Refused: the lines can be selected by hand.
    );
  const Icon = isCopied ? Check : Copy;
  return (
    <div className={styles.snippet}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <pre className={styles.code} tabIndex={0}>
        {code}
      </pre>
      <Button onClick={copy}>
        <Icon size={14} aria-hidden />
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}
