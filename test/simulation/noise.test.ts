import { describe, expect, it } from 'vitest';
import { EARLIEST, Exchange } from '../../src/ingest/records.ts';
import { logLines } from '../../src/simulation/noise.ts';
import { Random } from '../../src/simulation/random.ts';
import { liveWorld } from './small-world.ts';

const { exchanges } = liveWorld('demo', { scale: 1, days: 4 });
const counts = { duplicates: 0, malformed: 0, late: 0 };
const lines = [...logLines(exchanges, new Random('noise'), counts)];

function read(line: string) {
  try {
    const record = Exchange.safeParse(JSON.parse(line)).data;
    return record && record.occurred_at >= EARLIEST ? record : undefined;
  } catch {
    return undefined;
  }
}
const records = lines.map(read);
const accepted = records.filter((record) => record !== undefined);

describe('logLines', () => {
  it('writes every exchange, and counts its duplicates and malformed lines', () => {
    expect(new Set(accepted.map((record) => record.id)).size).toBe(exchanges.length);
    expect(accepted.length).toBe(exchanges.length + counts.duplicates);
    expect(records.length - accepted.length).toBe(counts.malformed);
    expect(counts.duplicates / exchanges.length).toBeGreaterThan(0.001);
    expect(counts.duplicates / exchanges.length).toBeLessThan(0.003);
    expect(counts.malformed / exchanges.length).toBeGreaterThan(0.0001);
    expect(counts.malformed / exchanges.length).toBeLessThan(0.001);
  });

  it('delivers some late, by up to ten minutes', () => {
    const seen = new Set<string>();
    let newest = 0;
    let late = 0;
    let worst = 0;
    for (const { id, occurred_at } of accepted) {
      if (!seen.has(id) && occurred_at < newest) {
        late++;
        worst = Math.max(worst, newest - occurred_at);
      }
      seen.add(id);
      newest = Math.max(newest, occurred_at);
    }
    expect(late).toBe(counts.late);
    expect(late / exchanges.length).toBeGreaterThan(0.003);
    expect(late / exchanges.length).toBeLessThan(0.006);
    expect(worst).toBeGreaterThan(60_000);
    expect(worst).toBeLessThanOrEqual(10 * 60_000);
  });
});
