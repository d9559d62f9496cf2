import { emojiFor } from './emoji.ts';
import { HOLE, type Mark, readEmphasis } from './emphasis.ts';
import { type Inline, text } from './inline.ts';
import { safeUrl } from './safe-url.ts';

const RULES: readonly Mark[] = [
  { mark: '**', kind: 'bold', insideWords: true },
  { mark: '__', kind: 'bold', insideWords: false },
  { mark: '~~', kind: 'strike', insideWords: true },
  { mark: '*', kind: 'italic', insideWords: true },
  { mark: '_', kind: 'italic', insideWords: false },
];

const TOKEN =
  /\\([\\`*_{}[\]()#+\-.!~|<>])|(`+)([^`\n]+)\2|!?\[([^[\]\n]*)\]\(([^()\s]+)\)|<(https?:\/\/[^<>\s]+|mailto:[^<>\s]+)>|:([a-z0-9_+'-]+):|(https?:\/\/[^\s<>|*`]*[^\s<>|*`.,;:!?)\]'"])/giu;

function readToken(match: RegExpExecArray): Inline[] | null {
  const [, escaped, , code, label, target, angle, emoji, bare] = match;
  if (escaped !== undefined) return text(escaped);
  if (code !== undefined) return [{ kind: 'code', children: text(code.replace(/^ (.+) $/, '$1')) }];
  if (target !== undefined) {
    const url = safeUrl(target);
    const children = parseMarkdownLine(label || target);
    // A link inside a link would be invalid, and confusing.
    return url
      ? [{ kind: 'link', url, children: children.flatMap((c) => (c.kind === 'link' ? c.children : [c])) }]
      : null;
  }
  if (emoji !== undefined) {
    const char = emojiFor(emoji);
    return char === null ? null : [{ kind: 'emoji', name: emoji, char }];
  }
  const url = safeUrl(angle ?? bare ?? '');
  return url ? [{ kind: 'link', url, children: text(angle ?? bare ?? '') }] : null;
}

/** One line of standard Markdown. */
export function parseMarkdownLine(line: string): Inline[] {
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
    done = match.index + match[0].length;
  }
  return readEmphasis(holed + source.slice(done), RULES, () => tokens.shift() ?? [], text);
}
