import { formatCount, formatUtc, formatWords } from '../../slack/format.ts';
import { type Html, html, table } from './html.ts';
import type { ReportInput } from './report-input.ts';

interface Event {
  at: number;
  what: string;
  kind: 'observed' | 'Retort' | 'a person';
}

/** What happened when, observed and decided in one list, each marked as what it is. */
export function timeLineSection(input: ReportInput): Html {
  const rows = eventsOf(input).map(({ at, kind, what }) => [
    html`<time datetime="${new Date(at).toISOString()}">${formatUtc(at)}</time>`,
    kind,
    what,
  ]);
  return html`<section id="time-line"><h2>Time-line</h2>${table(['when', 'whose', 'what'], rows)}</section>`;
}

function eventsOf({ facts, names }: ReportInput): Event[] {
  const { accounts, campaign, bounds, audit } = facts;
  const created = accounts.flatMap(({ created_at }) => created_at ?? []);
  const active = accounts.flatMap(({ first_at }) => first_at ?? []);
  const last = accounts.flatMap(({ last_at }) => last_at ?? []);
  const observed: [number[], (values: number[]) => number, string][] = [
    [created, (values) => Math.min(...values), 'the first of these accounts is created'],
    [created, (values) => Math.max(...values), 'the last of these accounts is created'],
    [active, (values) => Math.min(...values), 'the first exchange of these accounts in the data'],
    [last, (values) => Math.max(...values), 'the last exchange of these accounts in the data'],
  ];
  const joined = new Map<number, number>();
  for (const { joined_at } of accounts) joined.set(joined_at, (joined.get(joined_at) ?? 0) + 1);
  const events: Event[] = [
    ...observed.flatMap(([values, pick, what]): Event[] =>
      values.length === 0 ? [] : [{ at: pick(values), kind: 'observed', what }],
    ),
    ...[...joined].map(
      ([at, count]): Event => ({ at, kind: 'Retort', what: `${formatCount(count, 'account')} found to belong` }),
    ),
    ...(campaign.alertedAt === null || campaign.alertedAt > bounds.asOf
      ? []
      : [{ at: campaign.alertedAt, kind: 'Retort' as const, what: 'the first alert goes out' }]),
    ...audit.entries.map((entry): Event => {
      const act = formatWords(entry.action.replace('.', ' '));
      const isRetort = entry.actor === 'retort';
      const what = `${act}${isRetort ? '' : ` by ${entry.actor}`}${entry.reason === '' ? '' : `: ${names.text(entry.reason)}`} (entry ${entry.seq})`;
      return { at: Date.parse(entry.at), kind: isRetort ? 'Retort' : 'a person', what };
    }),
  ];
  return events.toSorted((a, b) => a.at - b.at);
}
