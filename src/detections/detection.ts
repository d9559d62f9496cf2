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

export interface DetectionSpec<Params extends z.ZodObject, Row extends z.ZodObject, Looked = z.output<Row>> {
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
  /** What is looked at, made of all rows; without it, each row. Of what has one name, the heaviest finding counts. */
  gather?: (rows: z.output<Row>[], params: z.output<Params>) => Looked[];
  /** Undefined drops what is looked at: a test that SQL cannot express said no. */
  hit: (looked: Looked, params: z.output<Params>) => Finding | undefined;
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

export function defineDetection<Params extends z.ZodObject, Row extends z.ZodObject, Looked = z.output<Row>>(
  spec: DetectionSpec<Params, Row, Looked>,
): Detection {
  const { query, hit, gather, ...described } = spec;
  return {
    ...described,
    build: (params, window) => query(spec.params.parse(params), window),
    interpret(rows, params) {
      const parsed = spec.params.parse(params);
      const known = rows.map((row) => spec.row.parse(row));
      // Without a way to gather them, what is looked at are the rows themselves.
      const looked = gather?.(known, parsed) ?? (known as Looked[]);
      const found = looked.flatMap((each) => {
        const finding = hit(each, parsed);
        return finding ? [{ detection: spec.id, family: spec.family, role: spec.role, ...finding }] : [];
      });
      return gather === undefined ? found : heaviestByName(found);
    },
  };
}

function heaviestByName(hits: readonly Hit[]): Hit[] {
  const byName = new Map<string, Hit>();
  for (const hit of hits) if (hit.weight > (byName.get(hit.trait)?.weight ?? -1)) byName.set(hit.trait, hit);
  return [...byName.values()];
}
