import type { Inline } from './inline.ts';

/** Stands in the source for a token that was already read (a link, code, an emoji). */
export const HOLE = '\uE000';

export interface Mark {
  mark: string;
  kind: 'bold' | 'italic' | 'strike';
  /** Whether it may open or close inside a word. */
  insideWords: boolean;
}

const WORD = /[\p{L}\p{N}]/u;
const isWord = (char: string | undefined) => char !== undefined && WORD.test(char);
const isSpace = (char: string | undefined) => char === undefined || /\s/.test(char);

function stands({ mark }: Mark, source: string, at: number): boolean {
  if (!source.startsWith(mark, at)) return false;
  // A single `*` is no part of a `**`.
  return source[at - 1] !== mark[0] && source[at + mark.length] !== mark[0];
}

function opens(rule: Mark, source: string, at: number): boolean {
  if (!stands(rule, source, at) || isSpace(source[at + rule.mark.length])) return false;
  return rule.insideWords || !isWord(source[at - 1]);
}

function findClose(rule: Mark, source: string, from: number): number {
  for (let at = source.indexOf(rule.mark, from); at !== -1; at = source.indexOf(rule.mark, at + 1)) {
    if (!stands(rule, source, at) || isSpace(source[at - 1])) continue;
    if (rule.insideWords || !isWord(source[at + rule.mark.length])) return at;
  }
  return -1;
}

/**
 * Reads bold, italic and struck text in one line, in time linear in its length.
 * `take` answers the token for each hole in turn, `plain` what literal text becomes.
 */
export function readEmphasis(
  source: string,
  rules: readonly Mark[],
  take: () => Inline[],
  plain: (literal: string) => Inline[],
): Inline[] {
  const out: Inline[] = [];
  const barren = new Set<Mark>();
  let literal = '';
  const flush = () => {
    out.push(...plain(literal));
    literal = '';
  };
  for (let at = 0; at < source.length; at++) {
    if (source[at] === HOLE) {
      flush();
      out.push(...take());
      continue;
    }
    const rule = rules.find((candidate) => !barren.has(candidate) && opens(candidate, source, at));
    const start = rule ? at + rule.mark.length : 0;
    const close = rule ? findClose(rule, source, start + 1) : -1;
    if (!rule || close === -1) {
      // No closer from here on means none for any later opener either: that keeps hostile text linear.
      if (rule) barren.add(rule);
      literal += source[at];
      continue;
    }
    flush();
    const inner = rules.filter((other) => other.kind !== rule.kind);
    out.push({ kind: rule.kind, children: readEmphasis(source.slice(start, close), inner, take, plain) });
    at = close + rule.mark.length - 1;
  }
  flush();
  return out;
}
