import { decodeEntities } from './entities.ts';
import { type Inline, text } from './inline.ts';
import { safeUrl } from './safe-url.ts';

function readDate(body: string, label: string): Inline[] {
  const [, stamp = '', format = '', link = ''] = body.split('^');
  const seconds = Number(stamp);
  if (stamp === '' || !Number.isSafeInteger(seconds)) return text(label);
  return [{ kind: 'date', seconds, format, fallback: label, url: safeUrl(link) }];
}

/** What stands between `<` and `>` in Slack's text: a mention, a date or a link. Anything else stays literal. */
export function readAngle(body: string): Inline[] {
  const bar = body.indexOf('|');
  const target = bar === -1 ? body : body.slice(0, bar);
  const label = bar === -1 ? '' : decodeEntities(body.slice(bar + 1));
  const id = target.slice(1);
  if (/^@[UWB][A-Z0-9]*$/.test(target)) return [{ kind: 'user', id, label }];
  if (/^#[CDG][A-Z0-9]*$/.test(target)) return [{ kind: 'channel', id, label }];
  if (/^!subteam\^S[A-Z0-9]*$/.test(target)) return [{ kind: 'usergroup', id: target.slice(9), label }];
  if (/^!(?:here|channel|everyone)$/.test(target)) return [{ kind: 'broadcast', range: id }];
  if (target.startsWith('!date^')) return readDate(target, label);
  if (target.startsWith('!') && label !== '') return text(label);
  const url = safeUrl(decodeEntities(target));
  if (url) return [{ kind: 'link', url, children: text(label === '' ? decodeEntities(target) : label) }];
  return text(decodeEntities(`<${body}>`));
}
