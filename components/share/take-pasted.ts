import type { TakePasted } from '@/components/editor/clipboard';
import { hasLink } from '@/lib/share/find-link';
import type { Opening } from './open-context';

/** A pasted link opens its graph. What looks like JSON is a part of a graph, whatever links its texts hold. */
export const takePasted =
  (opening: Opening): TakePasted =>
  (text) => {
    if (text.trimStart().startsWith('{') || !hasLink(text)) return false;
    void opening.openLink(text);
    return true;
  };
