import type { Overflow } from '@slack/types';
import { cleanText } from './escape-text.ts';

/** One entry of an overflow menu, which acts as the control with this id. */
export interface MenuEntry {
  /** `<verb>.<control>` */
  control: string;
  label: string;
  value: string;
}

const OVERFLOW_ID = 'overflow';

/** A menu whose entries each name their own control: Slack gives a menu one action id for all of them. */
export function overflow(entries: readonly MenuEntry[]): Overflow {
  return {
    type: 'overflow',
    action_id: OVERFLOW_ID,
    options: entries.map(({ control, label, value }) => ({
      text: { type: 'plain_text', text: cleanText(label, 75), emoji: false },
      value: `${control}|${value}`,
    })),
  };
}

/** What Slack says of a click. */
export interface ClickedElement {
  action_id: string;
  value?: string | undefined;
  selected_option?: { value?: string } | null | undefined;
}

/** Which control a click means, and with what value; a suffix after `:` only keeps ids apart in one message. */
export function readControl(clicked: ClickedElement): { control: string; value: string } {
  const id = clicked.action_id.replace(/:.*$/s, '');
  const value = clicked.value ?? clicked.selected_option?.value ?? '';
  if (id !== OVERFLOW_ID) return { control: id, value };
  const bar = value.indexOf('|');
  return { control: bar < 0 ? value : value.slice(0, bar), value: bar < 0 ? '' : value.slice(bar + 1) };
}
