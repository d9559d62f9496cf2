import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Detection, defineDetection } from '../../src/detections/detection.ts';

/** A detection with this query; each row is a hit of one account. */
export function detectionOf(query: string): Detection {
  return defineDetection({
    id: 'sample',
    family: 'client',
    role: 'ties',
    title: 'Sample',
    params: z.object({}),
    row: z.object({ trait: z.string() }),
    query: () => sql([query]),
    hit: ({ trait }) => ({ trait, accounts: ['1'], weight: 1, evidence: {} }),
    explain: () => 'a sample',
    looksFor: '',
    benignCauses: [],
    knownGaps: [],
    runbook: '',
  });
}
