import * as z from 'zod';
import { defineNote } from '../define';
import { param } from '../params';

/** Words on the canvas. It takes no part in the game. */
export const note = defineNote({
  kind: 'note',
  role: 'note',
  title: 'Note',
  category: 'Notes',
  place: ['network', 'game'],
  summary: 'Markdown on the canvas.',
  source: { label: 'CommonMark', url: 'https://commonmark.org/help/' },
  aliases: ['text', 'comment', 'markdown'],
  params: z.strictObject({
    text: param(z.string().max(20_000).default(''), {
      label: 'Text',
      help: 'Markdown: headings, lists, links, emphasis.',
      input: 'markdown',
    }),
  }),
  inputs: () => [],
  outputs: () => [],
});
