import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Truth } from '../../src/simulation/truth.ts';
import { sharedFile } from '../shared-folder.ts';
import { accuracy, replayOf } from './replay-world.ts';

const FILES = ['accounts.ndjson.gz', 'exchanges.ndjson.gz', 'truth.json'].map((name) =>
  sharedFile('worlds', 'letter', name),
);
const missing = FILES.some((file) => file === undefined);
/** Not the whole fortnight, which takes minutes: a day and a half before the campaign, and as much of it. */
const PART = { from: '2026-05-27', to: '2026-05-30' };

it.skipIf(missing)(
  `the letter’s campaign is alerted within a day of its beginning, and nobody else accused${missing ? ' (skipped: the folder of shared worlds is missing)' : ''}`,
  { timeout: 300_000 },
  async () => {
    const [accounts = '', exchanges = '', truthFile = ''] = FILES;
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Truth;
    const linesOf = (file: string) => gunzipSync(readFileSync(file)).toString().split('\n');
    const part = linesOf(exchanges).filter((line) => {
      const at = /"occurred_at":"([^"]+)"/.exec(line)?.[1];
      return at !== undefined && at >= PART.from && at < PART.to;
    });
    const hidden = truth.campaigns.find((campaign) => campaign.kind === 'extraction');
    const { campaigns } = await replayOf({ accounts: linesOf(accounts), exchanges: part });
    const extraction = campaigns.filter((campaign) => campaign.kind === 'extraction');
    expect(extraction).toHaveLength(1);
    const { precision, recall } = accuracy(extraction, new Set(hidden?.account_ids));
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.95);
    const began = Date.parse(hidden?.first_exchange_at ?? '');
    expect(Date.parse(extraction[0]?.alerted_at ?? '') - began).toBeLessThanOrEqual(24 * 3_600_000);
  },
);
