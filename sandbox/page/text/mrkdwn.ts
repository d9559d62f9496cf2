import { readAngle } from './angle.ts';
import { emojiFor } from './emoji.ts';
import { HOLE, type Mark, readEmphasis } from './emphasis.ts';
import { decodeEntities } from './entities.ts';
import { type Flow, type Inline, text } from './inline.ts';
import { safeUrl } from './safe-url.ts';

const RULES: readonly Mark[] = [
  { mark: '*', kind: 'bold', insideWords: false },
  { mark: '_', kind: 'italic', insideWords: false },
  { mark: '~', kind: 'strike', insideWords: false },
];

const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:|https?:\/\/[^\s<>|`*~]+/giu;

function readToken(match: RegExpExecArray): Inline[] | null {
  const [whole, angle, code, emoji] = match;
  if (angle !== undefined) return readAngle(angle);
  if (code !== undefined) return [{ kind: 'code', children: readLiteral(code) }];
  if (emoji !== undefined) {
    const char = emojiFor(emoji);
    return char === null ? null : [{ kind: 'emoji', name: emoji, char }];
  }
  const shown = decodeEntities(whole.replace(/[.,;:!?)\]}'"]+$/, ''));
  const url = safeUrl(shown);
  return url === null ? null : [{ kind: 'link', url, children: text(shown) }];
}

function lengthOf(match: RegExpExecArray, token: Inline[]): number {
  const [first] = token;
  const bare = match[1] === undefined && match[2] === undefined && match[3] === undefined;
  // Punctuation after a bare address belongs to the sentence.
  return bare && first?.kind === 'link' ? match[0].replace(/[.,;:!?)\]}'"]+$/, '').length : match[0].length;
}

/** Text in which only `<…>` counts, as inside code. */
function readLiteral(source: string): Inline[] {
  return source.split(/(<[^<>\n]+>)/).flatMap((piece) => {
    if (piece.startsWith('<') && piece.endsWith('>')) return readAngle(piece.slice(1, -1));
    return text(decodeEntities(piece));
  });
}

/** One line of mrkdwn. */
export function parseMrkdwnLine(line: string): Inline[] {
  const source = line.replaceAll(HOLE, '\uFFFD');
  const tokens: Inline[][] = [];
  const scan = new RegExp(TOKEN);
  let holed = '';
  let done = 0;
  for (let match = scan.exec(source); match; match = scan.exec(source)) {
    const token = readToken(match);
    if (token === null) {
      scan.lastIndex = match.index + 1;
      continue;
    }
    holed += source.slice(done, match.index) + HOLE;
    tokens.push(token);
    done = match.index + lengthOf(match, token);
    scan.lastIndex = done;
  }
  holed += source.slice(done);
  return readEmphasis(
    holed,
    RULES,
    () => tokens.shift() ?? [],
    (literal) => text(decodeEntities(literal)),
  );
}

function joinLines(lines: string[]): Inline[] {
  return lines.flatMap((line, index) =>
    index === 0 ? parseMrkdwnLine(line) : [{ kind: 'break' } as const, ...parseMrkdwnLine(line)],
  );
}

function parseLines(source: string): Flow[] {
  const out: Flow[] = [];
  let lines: string[] = [];
  let quoted = false;
  let quoteRest = false;
  const flush = () => {
    const children = joinLines(lines);
    lines = [];
    if (children.length === 0) return;
    out.push(quoted ? { kind: 'quote', children: [{ kind: 'paragraph', children }] } : { kind: 'paragraph', children });
  };
  for (const line of source.split('\n')) {
    const three = /^(?:(?:>|&gt;){3}) ?/.exec(line);
    const one = /^(?:>|&gt;) ?/.exec(line);
    const isQuote = quoteRest || one !== null;
    if (isQuote !== quoted) flush();
    quoted = isQuote;
    if (quoteRest) lines.push(line);
    else lines.push(line.slice((three ?? one)?.[0].length ?? 0));
    quoteRest ||= three !== null;
  }
  flush();
  return out;
}

/** Slack's mrkdwn as a tree. Never throws; what it does not know stays text. */
export function parseMrkdwn(source: string): Flow[] {
  return source.split(/(```[\s\S]*?```)/).flatMap((piece, index, all): Flow[] => {
    if (index % 2 === 1) {
      const body = piece.slice(3, -3).replace(/^\n/, '').replace(/\n$/, '');
      return body === '' ? parseLines(piece) : [{ kind: 'pre', children: readLiteral(body) }];
    }
    // The line breaks around a fenced block are the block's own.
    let plain = piece;
    if (index > 0) plain = plain.replace(/^\n/, '');
    if (index < all.length - 1) plain = plain.replace(/\n$/, '');
    return plain === '' ? [] : parseLines(plain);
  });
}
