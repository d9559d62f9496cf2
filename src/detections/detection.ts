import type { Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { Family } from '../campaigns/campaign.ts';
import type { DetectionState } from '../campaigns/detection-state.ts';
import type { Hit } from '../campaigns/hit.ts';

/** What a detection may look at: roll-ups of the days up to `end`, which the ingest watermark has closed. */
export interface Window {
  /** Epoch milliseconds. */
  end: number;
}

/** What a row says as a hit; the framework adds detection, family and role. */
type Finding = Pick<Hit, 'trait' | 'accounts' | 'weight' | 'evidence'>;

export interface DetectionSpec<Params extends z.ZodObject, Row extends z.ZodObject> {
  /** The file's name. */
  id: string;
  family: Family;
  role: Hit['role'];
  title: string;
  /** Until a person switches it; `enabled` where it is not given. */
  state?: DetectionState;
  /** Each parameter has a default and a description of what it trades. */
  params: Params;
  /** The columns that the query returns, no more and no fewer. */
  row: Row;
  query: (params: z.output<Params>, window: Window) => Sql;
  /** Rows made of several, which are looked at beside them; of what has one name, the heavier finding counts. */
  pool?: (rows: z.output<Row>[], params: z.output<Params>) => z.output<Row>[];
  /** Undefined drops the row: a test that SQL cannot express said no. */
  hit: (row: z.output<Row>, params: z.output<Params>) => Finding | undefined;
  /** One sentence about a group, from this detection's hits in it; `covered` of its `of` accounts are in them. */
  explain: (hits: Hit[], covered: number, of: number) => string;
  looksFor: string;
  benignCauses: string[];
  knownGaps: string[];
  /** What the person on call should look at first. */
  runbook: string;
}

/** A detection with its types erased, as the registry and the detect job hold it. */
export interface Detection {
  id: string;
  family: Family;
  role: Hit['role'];
  title: string;
  state?: DetectionState;
  params: z.ZodObject;
  row: z.ZodObject;
  looksFor: string;
  benignCauses: string[];
  knownGaps: string[];
  runbook: string;
  /** The query with these parameters (unset ones take their defaults). Throws a ZodError on wrong ones. */
  build: (params: unknown, window: Window) => Sql;
  /** Rows as they came from the database, each checked, as hits. */
  interpret: (rows: unknown[], params: unknown) => Hit[];
  explain: (hits: Hit[], covered: number, of: number) => string;
}

export function defineDetection<Params extends z.ZodObject, Row extends z.ZodObject>(
  spec: DetectionSpec<Params, Row>,
): Detection {
  const { query, hit, pool, ...described } = spec;
  return {
    ...described,
    build: (params, window) => query(spec.params.parse(params), window),
    interpret(rows, params) {
      const parsed = spec.params.parse(params);
      const known = rows.map((row) => spec.row.parse(row));
      const pooled = pool?.(known, parsed) ?? [];
      const found = [...known, ...pooled].flatMap((row) => {
        const finding = hit(row, parsed);
        return finding ? [{ detection: spec.id, family: spec.family, role: spec.role, ...finding }] : [];
      });
      return pooled.length === 0 ? found : heaviestByName(found);
    },
  };
}

function heaviestByName(hits: readonly Hit[]): Hit[] {
  const byName = new Map<string, Hit>();
  for (const hit of hits) if (hit.weight > (byName.get(hit.trait)?.weight ?? -1)) byName.set(hit.trait, hit);
  return [...byName.values()];
}
