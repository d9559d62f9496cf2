import { emojiFor } from './emoji.ts';
import { type Flow, type Inline, text } from './inline.ts';
import { readArray, readNumber, readObject, readString } from './read-json.ts';
import { safeUrl } from './safe-url.ts';

const STYLES = ['code', 'bold', 'italic', 'strike', 'underline'] as const;

function styled(children: Inline[], style: Record<string, unknown>): Inline[] {
  return STYLES.reduce<Inline[]>(
    (inner, kind) => (style[kind] === true ? [{ kind, children: inner }] : inner),
    children,
  );
}

function lines(value: string): Inline[] {
  return value
    .split('\n')
    .flatMap((line, index) => (index === 0 ? text(line) : [{ kind: 'break' } as const, ...text(line)]));
}

function fromCodePoints(hex: string): string {
  const points = hex.split('-').map((part) => Number.parseInt(part, 16));
  return points.every((point) => point >= 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : '';
}

function readElement(value: unknown): Inline[] {
  const element = readObject(value);
  const url = safeUrl(readString(element['url']));
  switch (element['type']) {
    case 'text':
      return lines(readString(element['text']));
    case 'link': {
      const label = lines(readString(element['text']) || readString(element['url']));
      return url ? [{ kind: 'link', url, children: label }] : label;
    }
    case 'user':
      return [{ kind: 'user', id: readString(element['user_id']), label: '' }];
    case 'channel':
      return [{ kind: 'channel', id: readString(element['channel_id']), label: '' }];
    case 'usergroup':
      return [{ kind: 'usergroup', id: readString(element['usergroup_id']), label: '' }];
    case 'broadcast':
      return [{ kind: 'broadcast', range: readString(element['range']) }];
    case 'emoji': {
      const name = readString(element['name']);
      const char = fromCodePoints(readString(element['unicode'])) || emojiFor(name);
      return char ? [{ kind: 'emoji', name, char }] : text(`:${name}:`);
    }
    case 'date': {
      const [seconds, format] = [readNumber(element['timestamp']), readString(element['format'])];
      return [{ kind: 'date', seconds, format, fallback: readString(element['fallback']), url }];
    }
    case 'color': {
      const color = readString(element['value']);
      return /^#[0-9a-f]{6}$/i.test(color) ? [{ kind: 'color', value: color }] : text(color);
    }
    case 'team':
      return text(readString(element['team_id']));
    default:
      return text(readString(element['text']));
  }
}

function readSection(value: unknown): Inline[] {
  return readArray(readObject(value)['elements']).flatMap((element) =>
    styled(readElement(element), readObject(readObject(element)['style'])),
  );
}

function readPart(value: unknown): Flow[] {
  const part = readObject(value);
  switch (part['type']) {
    case 'rich_text_section':
      return [{ kind: 'paragraph', children: readSection(part) }];
    case 'rich_text_preformatted':
      return [{ kind: 'pre', children: readSection(part) }];
    case 'rich_text_quote':
      return [{ kind: 'quote', children: [{ kind: 'paragraph', children: readSection(part) }] }];
    case 'rich_text_list':
      return [
        {
          kind: 'list',
          ordered: part['style'] === 'ordered',
          start: readNumber(part['offset']) + 1,
          indent: Math.max(0, Math.min(8, Math.trunc(readNumber(part['indent'])))),
          border: part['border'] === 1,
          items: readArray(part['elements']).map((item) => ({
            children: [{ kind: 'paragraph', children: readSection(item) }],
          })),
        },
      ];
    default:
      return [];
  }
}

/** A `rich_text` block as a tree. Never throws, whatever the app sent. */
export function parseRichText(block: unknown): Flow[] {
  return readArray(readObject(block)['elements']).flatMap(readPart);
}
