/** Where in the workspace the page stands; kept in the address, so that it can be linked and gone back to. */
export type Place = { kind: 'home' } | { kind: 'channel'; id: string; thread?: string; at?: string };

const toDigits = (ts: string) => `p${ts.replace('.', '')}`;
const fromDigits = (digits: string) => `${digits.slice(0, -6)}.${digits.slice(-6)}`;

/** `#/home`, `#/C1`, `#/C1/p1714…` (a message), `#/C1/t1714…` (a thread). */
export function toHash(place: Place): string {
  if (place.kind === 'home') return '#/home';
  if (place.thread) return `#/${place.id}/${toDigits(place.thread).replace('p', 't')}`;
  return place.at ? `#/${place.id}/${toDigits(place.at)}` : `#/${place.id}`;
}

/** Reads a hash, or the path and query of a permalink (`/archives/C1/p1714…?thread_ts=…`); null where it is neither. */
export function readPlace(address: string): Place | null {
  if (address === '#/home') return { kind: 'home' };
  const match = /^(?:#|\/archives)\/([CDG][A-Z0-9]+)(?:\/([pt])(\d{7,}))?(?:\?(.*))?$/.exec(address);
  const [, id, kind, digits, query] = match ?? [];
  if (!id) return null;
  const root = new URLSearchParams(query).get('thread_ts');
  if (root) return { kind: 'channel', id, thread: root };
  if (!digits) return { kind: 'channel', id };
  const ts = fromDigits(digits);
  return kind === 't' ? { kind: 'channel', id, thread: ts } : { kind: 'channel', id, at: ts };
}
