import { expect, it } from 'vitest';
import { ROOMS } from '../rooms.ts';
import { exists, readDocuments } from './documents.ts';

/** The page tells of what is built: rooms whose folder is still to come are left out, in either column. */
const isBuilt = (room: string) => !(room in ROOMS) || exists(room);

function allowedText(allowed: string[] | 'everything'): string {
  if (allowed === 'everything') return allowed;
  const entries = allowed.filter((entry) => isBuilt(`src/${entry}`)).map((entry) => `\`${entry}\``);
  return entries.length === 0 ? '–' : entries.join(', ');
}

it('the rooms of docs/architecture.md are those of the import rules', () => {
  const page = readDocuments().find(({ file }) => file === 'docs/architecture.md')?.text ?? '';
  const rows = [...page.matchAll(/^\| `(src|src\/[a-z]+|sandbox)\/` \|.*\| (.*) \|$/gm)];
  const told = Object.fromEntries(rows.map(([, room = '', allowed]) => [room, allowed]));
  const rules = Object.entries(ROOMS).filter(([room]) => isBuilt(room));
  expect(told).toEqual(Object.fromEntries(rules.map(([room, allowed]) => [room, allowedText(allowed)])));
});
