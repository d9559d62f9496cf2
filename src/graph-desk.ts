import type pg from 'pg';
import { campaignGraph } from './campaigns/campaign-graph.ts';
import type { GraphDesk } from './campaigns/graph-desk.ts';
import { readMembers } from './db/campaign-account.ts';
import { readTies } from './db/hit.ts';
import type { Detection } from './detections/detection.ts';
import type { OwnDetections } from './detections/own-detections.ts';
import type { GraphWish } from './evidence/picture/graph-picture.ts';
import { postFile } from './post-file.ts';
import { graphWords } from './slack/blocks/graph.ts';
import type { ThreadFiles } from './slack/thread-files.ts';

/** Draws campaigns by what the detections last found of their accounts, and hands the pictures to Slack. */
export function createGraphDesk(parts: {
  pool: pg.Pool;
  detections: readonly Detection[];
  own: OwnDetections;
  /** A graph as PNG. */
  draw: (wish: GraphWish) => Promise<Uint8Array>;
  files: ThreadFiles;
}): GraphDesk {
  const { pool, detections, own, draw } = parts;
  return {
    post: (number) =>
      postFile(parts, number, async ({ id }) => {
        const tying = [...detections, ...(await own.refresh()).detections].filter(({ role }) => role === 'ties');
        const familyOf = new Map(tying.map((each) => [each.id, each.family]));
        const accounts = await readMembers(pool, number);
        const found = await readTies(pool, accounts, [...familyOf.keys()]);
        const graph = campaignGraph(
          accounts,
          found.flatMap((tie) => {
            const family = familyOf.get(tie.detection);
            return family === undefined ? [] : [{ ...tie, family }];
          }),
        );
        if (graph.ties.length === 0) return { ok: false, reason: 'no_ties' } as const;
        const content = await draw({ id, graph });
        return { ok: true, file: { filename: `${id}-graph.png`, content, comment: graphWords(id, graph) }, told: {} };
      }),
  };
}
