import type { ActionsBlock, Button, ContextBlock, HeaderBlock, KnownBlock, Overflow, SectionBlock } from '@slack/types';
import { cleanText } from '../escape-text.ts';
import type { DataVisualizationBlock } from './data-visualization.ts';

export type Block = KnownBlock | DataVisualizationBlock;

/** Slack's limit is 3,000; what is left over is room for the whole message's 13,000. */
const SECTION_MAX = 2_800;

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: cleanText(text, 150), emoji: false } };
}

/** Lines of mrkdwn, as many as fit; `verbatim` keeps Slack from making links and mentions out of plain words. */
export function section(lines: readonly string[], max = SECTION_MAX): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: fitLines(lines, max), verbatim: true } };
}

export function context(lines: readonly string[], max = 1_500): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: fitLines(lines, max), verbatim: true }] };
}

export function actions(elements: (Button | Overflow)[], blockId = 'controls'): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

/** `id` is `<verb>.<control>`; `value` comes back with the click and holds no more than what names the subject. */
export function button(id: string, label: string, value: string, style?: 'primary' | 'danger'): Button {
  const text = plain(label, 75);
  return { type: 'button', action_id: id, text, value, ...(style === undefined ? {} : { style }) };
}

/** A button that asks again before it acts. */
export function asking(pressed: Button, { title, text, yes }: { title: string; text: string; yes: string }): Button {
  const confirm = {
    title: plain(title, 100),
    text: plain(text, 300),
    confirm: plain(yes, 30),
    deny: plain('Not yet', 30),
  };
  return { ...pressed, confirm };
}

function plain(text: string, max: number) {
  return { type: 'plain_text', text: cleanText(text, max), emoji: false } as const;
}

/** Whole lines within `max` characters; those left out are counted. A line too long by itself is cut. */
export function fitLines(lines: readonly string[], max: number): string {
  const all = lines.join('\n');
  if (all.length <= max) return all;
  let text = '';
  for (const [index, line] of lines.entries()) {
    const more = `… and ${lines.length - index} more`;
    const next = text === '' ? line : `${text}\n${line}`;
    if (next.length + more.length + 1 > max) return text === '' ? cutMarkup(line, max) : `${text}\n${more}`;
    text = next;
  }
  return text;
}

/** Never ends inside an entity, a link or a mention. */
function cutMarkup(text: string, max: number): string {
  return `${text
    .slice(0, max - 1)
    .replace(/(?:&[a-z]*|<[^>]*|\p{Surrogate})$/u, '')
    .trimEnd()}…`;
}
