import { type Block, fitLines } from './block.ts';
import { tableLines } from './table.ts';

/** What is posted: blocks, and the same in words for notifications, screen readers and clients without blocks. */
export interface Message {
  text: string;
  blocks: Block[];
}

/** Slack takes 4,000 characters of text in an update. */
const TEXT_MAX = 3_500;

/** A message whose text is what its blocks say, so that neither can say less than the other. */
export function messageOf(blocks: readonly (Block | null)[]): Message {
  const present = blocks.filter((block) => block !== null);
  return { text: fitLines(present.flatMap(wordsOf), TEXT_MAX), blocks: present };
}

/** A message of one paragraph. */
export function noticeOf(...lines: string[]): Message {
  const text = fitLines(lines, 2_800);
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] };
}

function wordsOf(block: Block): string[] {
  switch (block.type) {
    case 'header':
      return block.text.text.split('\n').map(asMarkup);
    case 'section':
      return block.text?.text.split('\n') ?? [];
    case 'context':
      return block.elements.flatMap((element) => (element.type === 'mrkdwn' ? element.text.split('\n') : []));
    case 'table':
      return tableLines(block);
    // A chart's words stand in the context below it; controls are no text.
    default:
      return [];
  }
}

function asMarkup(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
