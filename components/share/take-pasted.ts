import type { TakePasted } from '@/components/editor/clipboard';
import { hasLink } from '@/lib/share/find-link';
import { handedBy } from './handed';
import type { Opening } from './opening';

/**
 * A pasted link or file opens. What looks like JSON is a part of a graph, whatever links its texts hold; and cells of a
 * spreadsheet bring a picture of themselves along, which nobody means.
 */
export const takePasted =
  (opening: Opening): TakePasted =>
  (text, data) => {
    if (text.trimStart().startsWith('{')) return false;
    if (hasLink(text)) {
      void opening.openLink(text);
      return true;
    }
    if (!data || data.files.length === 0 || /[\t\n]/.test(text.trim())) return false;
    void opening.openHanded(handedBy(data));
    return true;
  };
