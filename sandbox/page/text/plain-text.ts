import { emojiFor } from './emoji.ts';
import { type Inline, text } from './inline.ts';

/** A `plain_text` object's text: only emoji short codes count, and line breaks. */
export function parsePlainText(source: string, emoji = true): Inline[] {
  return source.split('\n').flatMap((line, index): Inline[] => {
    const children = line.split(/(:[a-z0-9_+'-]+:)/iu).flatMap((piece): Inline[] => {
      const name = emoji && piece.length > 2 && piece.startsWith(':') && piece.endsWith(':') ? piece.slice(1, -1) : '';
      const char = name === '' ? null : emojiFor(name);
      return char === null ? text(piece) : [{ kind: 'emoji', name, char }];
    });
    return index === 0 ? children : [{ kind: 'break' }, ...children];
  });
}
