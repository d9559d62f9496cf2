/**
 * What text becomes before it is drawn: a tree of plain data. The page makes elements from it one by one,
 * so nothing that a message holds is ever read as markup.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike' | 'underline' | 'code'; children: Inline[] }
  | { kind: 'link'; url: string; children: Inline[] }
  | { kind: 'user' | 'channel' | 'usergroup'; id: string; label: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; fallback: string; url: string | null }
  | { kind: 'emoji'; name: string; char: string }
  | { kind: 'color'; value: string };

export interface ListItem {
  children: Flow[];
  checked?: boolean;
}

export type Align = 'left' | 'center' | 'right';

/** A paragraph-like piece of text. */
export type Flow =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'quote'; children: Flow[] }
  | { kind: 'pre'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; indent: number; border: boolean; items: ListItem[] }
  | { kind: 'rule' }
  | { kind: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] };

/** A text node, as a list so that it can be spread; empty text gives none. */
export function text(value: string): Inline[] {
  return value === '' ? [] : [{ kind: 'text', text: value }];
}
