import type { Align, Flow, Inline, ListItem } from './inline.ts';
import { parseMarkdownLine } from './markdown-line.ts';

/** Deeper quotes and lists are read as text, so that hostile nesting cannot exhaust the stack. */
const MAX_DEPTH = 6;

const FENCE = /^ {0,3}(```+|~~~+)/;
const RULE = /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/;
const HEADING = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)?$/;
const BULLET = /^( *)(?:[-*+]|(\d{1,9})[.)]) +(.*)$/;
const TABLE_RULE = /^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;

function joinLines(lines: string[]): Inline[] {
  return lines.flatMap((line, index) =>
    index === 0 ? parseMarkdownLine(line) : [{ kind: 'break' } as const, ...parseMarkdownLine(line)],
  );
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

function alignOf(cell: string): Align {
  if (!cell.endsWith(':')) return 'left';
  return cell.startsWith(':') ? 'center' : 'right';
}

/** Reads the lines from `at` while `test` holds. */
function takeWhile(lines: string[], at: number, test: (line: string) => boolean): string[] {
  const end = lines.findIndex((line, index) => index >= at && !test(line));
  return lines.slice(at, end === -1 ? lines.length : end);
}

function readFence(lines: string[], at: number, fence: string): [Flow, number] {
  const body = takeWhile(lines, at + 1, (line) => !line.trimStart().startsWith(fence));
  return [{ kind: 'pre', children: [{ kind: 'text', text: body.join('\n') }] }, at + body.length + 2];
}

function readTable(lines: string[], at: number): [Flow, number] {
  const head = cells(lines[at] ?? '');
  const align = cells(lines[at + 1] ?? '').map(alignOf);
  const body = takeWhile(lines, at + 2, (line) => line.includes('|'));
  const rows = body.map((line) => head.map((_, column) => parseMarkdownLine(cells(line)[column] ?? '')));
  return [{ kind: 'table', align, head: head.map(parseMarkdownLine), rows }, at + 2 + body.length];
}

function readItem(first: string, rest: string[], depth: number): ListItem {
  const task = /^\[([ xX])\] +(.*)$/.exec(first);
  const children = parse([task?.[2] ?? first, ...rest], depth + 1);
  return task ? { children, checked: task[1] !== ' ' } : { children };
}

function readList(lines: string[], start: number, depth: number): [Flow, number] {
  const opening = BULLET.exec(lines[start] ?? '');
  const base = opening?.[1]?.length ?? 0;
  const ordered = opening?.[2] !== undefined;
  const items: ListItem[] = [];
  let at = start;
  while (at < lines.length) {
    const match = BULLET.exec(lines[at] ?? '');
    if (!match || (match[1]?.length ?? 0) > base + 1 || (match[2] !== undefined) !== ordered) break;
    const rest = takeWhile(
      lines,
      at + 1,
      (line) => /^ {2,}\S/.test(line) && (/^ */.exec(line)?.[0].length ?? 0) > base + 1,
    );
    const margin = Math.min(...rest.map((line) => /^ */.exec(line)?.[0].length ?? 0));
    items.push(
      readItem(
        match[3] ?? '',
        rest.map((line) => line.slice(margin)),
        depth,
      ),
    );
    at += 1 + rest.length;
  }
  const first = Number(opening?.[2] ?? 1);
  return [{ kind: 'list', ordered, start: first, indent: 0, border: false, items }, at];
}

/** The flow that begins at a line and the line after it; null where plain text stands. */
function readAt(lines: string[], at: number, depth: number): [Flow, number] | null {
  const line = lines[at] ?? '';
  const fence = FENCE.exec(line)?.[1];
  if (fence) return readFence(lines, at, fence);
  const heading = HEADING.exec(line);
  if (heading)
    return [{ kind: 'heading', level: heading[1]?.length ?? 1, children: parseMarkdownLine(heading[2] ?? '') }, at + 1];
  if (RULE.test(line)) return [{ kind: 'rule' }, at + 1];
  if (line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) return readTable(lines, at);
  if (depth >= MAX_DEPTH) return null;
  if (line.startsWith('>')) {
    const quoted = takeWhile(lines, at, (next) => next.startsWith('>'));
    const children = parse(
      quoted.map((next) => next.replace(/^> ?/, '')),
      depth + 1,
    );
    return [{ kind: 'quote', children }, at + quoted.length];
  }
  return BULLET.test(line) ? readList(lines, at, depth) : null;
}

function parse(lines: string[], depth: number): Flow[] {
  const out: Flow[] = [];
  let plain: string[] = [];
  const flush = () => {
    if (plain.length > 0) out.push({ kind: 'paragraph', children: joinLines(plain) });
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const found = readAt(lines, at, depth);
    if (found) {
      flush();
      out.push(found[0]);
      at = found[1];
      continue;
    }
    const line = lines[at] ?? '';
    if (line.trim() === '') flush();
    else plain.push(line.trim());
    at += 1;
  }
  flush();
  return out;
}

/** Standard Markdown, as the `markdown` block takes it, as a tree. Never throws. */
export function parseMarkdown(source: string): Flow[] {
  return parse(source.replaceAll('\t', '    ').split('\n'), 0);
}
