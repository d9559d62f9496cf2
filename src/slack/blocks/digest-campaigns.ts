import type { Digest } from '../../campaigns/digest.ts';
import { cleanText } from '../escape-text.ts';
import { formatDuration, formatNumber } from '../format.ts';
import type { Block } from './block.ts';
import { boldCell, type Column, plainCell, tableOf, timeCell } from './table.ts';

/** The digest has more to say than its table. */
const MOST_CHARACTERS = 3_000;

interface Row {
  id: string;
  severity: string;
  kind: string;
  accountCount: number;
  /** What the day brought. */
  news: string;
  waitingSince: number | null;
}

/** Campaigns that are new, that grew and that wait, each once, as a table. `respondersGroup`: whom waits are for. */
export function campaignTable(digest: Digest, respondersGroup: string | undefined): Block[] {
  const columns: Column<Row>[] = [
    { title: 'Campaign', cell: ({ id }) => boldCell(id) },
    {
      title: 'Severity',
      cell: ({ severity, kind }) => plainCell(kind === 'resale' ? `${severity}, resale` : severity),
    },
    { title: 'Since yesterday', cell: ({ news }) => plainCell(news) },
    { title: 'Accounts', align: 'right', cell: ({ accountCount }) => plainCell(formatNumber(accountCount)) },
  ];
  const waits: Column<Row>[] = [
    {
      title: `Waiting${waitedFor(respondersGroup)} since`,
      cell: ({ waitingSince: at }) => (at === null ? plainCell('') : timeCell(at)),
    },
    {
      title: 'For',
      align: 'right',
      cell: ({ waitingSince: at }) => plainCell(at === null ? '' : formatDuration(digest.to - at)),
    },
  ];
  return tableOf(digest.waiting.length === 0 ? columns : [...columns, ...waits], rowsOf(digest), MOST_CHARACTERS);
}

/** New first, then what grew, then what only waits. */
function rowsOf({ fresh, grown, waiting }: Digest): Row[] {
  const rows = new Map<string, Row>();
  for (const { status, ...line } of fresh) {
    rows.set(line.id, { ...line, news: status === 'suspected' ? 'new' : `new, ${status}` });
  }
  for (const { before, ...line } of grown) {
    rows.set(line.id, { ...line, news: `grew from ${formatNumber(before)}`, waitingSince: null });
  }
  for (const { since, ...line } of waiting) {
    const known = rows.get(line.id) ?? { ...line, news: '' };
    rows.set(line.id, { ...known, waitingSince: since });
  }
  return [...rows.values()];
}

/** A group known by its id alone has no name to show. */
function waitedFor(group: string | undefined): string {
  return group === undefined || /^S[A-Z0-9]{4,}$/.test(group) ? '' : ` for @${cleanText(group, 40)}`;
}
