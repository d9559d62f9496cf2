import type { AccountKey, Hit } from '../campaigns/hit.ts';
import type { Database } from '../db/query.ts';
import type { Detection } from '../detections/detection.ts';
import { askDetection, TIMEOUT_MS } from '../detections/run-detection.ts';
import { DAY_MS } from '../time-units.ts';
import { type QueryRecord, recordOf, textOf } from './ask-query.ts';

/** What a detection that speaks for the campaign finds when it is asked again. */
export interface Look {
  detection: Detection;
  /** Findings with accounts of the campaign among theirs: two, or one where the detection only supports. */
  hits: Hit[];
  /** Accounts of the campaign, and others, that these name. */
  inside: number;
  outside: number;
  record: QueryRecord;
}

/** The longest window that a detection of ours looks back over; the query says its own. */
const LOOK_BACK_DAYS = 7;

/** Asks a detection over the window that ends at `end`, as the detect job would. */
export async function lookAgain(
  tx: Database,
  detection: Detection,
  members: ReadonlySet<AccountKey>,
  end: number,
): Promise<Look> {
  const found = sorted(await askDetection(tx, detection, { end }, { timeoutMs: TIMEOUT_MS }));
  const least = detection.role === 'ties' ? 2 : 1;
  const hits = found.filter(({ accounts }) => accounts.filter((account) => members.has(account)).length >= least);
  const named = new Set(hits.flatMap(({ accounts }) => accounts));
  const inside = [...named].filter((account) => members.has(account)).length;
  const record = recordOf(
    {
      id: detection.id,
      kind: 'detection',
      about: detection.looksFor,
      ...textOf(detection.build({}, { end })),
      from: new Date(end - (LOOK_BACK_DAYS - 1) * DAY_MS).toISOString(),
      to: new Date(end).toISOString(),
    },
    found,
  );
  return { detection, hits, inside, outside: named.size - inside, record };
}

/** The order in which a database finds things is its own, and so are the last digits of its sums. */
function sorted(hits: readonly Hit[]): Hit[] {
  return hits
    .map((hit) => ({ ...hit, weight: steady(hit.weight), evidence: steadied(hit.evidence), accounts: inOrder(hit) }))
    .toSorted((a, b) => compare(a.trait, b.trait));
}

const steady = (value: number): number => Number(value.toPrecision(9));

const steadied = (evidence: Hit['evidence']): Hit['evidence'] =>
  Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [name, typeof value === 'number' ? steady(value) : value]),
  );

const inOrder = ({ accounts }: Hit): AccountKey[] => accounts.toSorted(compare);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
