import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ingestFiles } from '../../src/ingest/ingest-files.ts';
import { native } from '../../src/ingest/adapters/native.ts';
import type { TemporaryDatabase } from '../../src/replay/temporary-database.ts';
import { compilePrograms, program } from '../../test/programs.ts';
import { copyOut } from '../../src/db/copy-out.ts';
import type { Figure } from './figure.ts';
import { startBeside } from './start-beside.ts';
import { BENCH_KEY } from './start-bot.ts';
import { inputOf, type Text, worldLines } from './world-lines.ts';

/** The median of so many. */
const COPIES = 3;

/**
 * How fast lines become exchanges with all their roll-ups, beside a bare COPY of the same rows into a table without an
 * index. The lines are made first, and held in memory.
 */
export async function measureIngest(
  { pool, url }: TemporaryDatabase,
  text: Text,
  { lines, toReach }: { lines: number; toReach: number },
): Promise<Figure[]> {
  const world = worldLines({ scale: 0.06, days: 2, seed: 'ingest', text });
  const held: Buffer[] = [];
  for await (const chunk of world.until(world.endAt).chunks) {
    held.push(chunk);
    if (world.made() >= lines) break;
  }
  const options = { pool, secret: BENCH_KEY, clock: Date.now, adapter: native };
  // As `retort ingest` runs it.
  await compilePrograms();
  const threadProgram = program('src/ingest/read-thread.ts');
  await ingestFiles({ ...options, accounts: world.accounts, releases: world.releases });

  const rollingUp = startBeside('roll-up-beside.ts', url);
  await rollingUp.begun();
  const start = performance.now();
  const { accepted } = await ingestFiles({
    ...options,
    threadProgram,
    exchanges: inputOf('exchanges', Readable.from(held)),
  });
  await rollingUp.stop();
  const seconds = (performance.now() - start) / 1_000;
  const bare = await bareCopy(pool);

  const what = text === 'none' ? 'without text' : 'with 1 kB of text each';
  return [
    {
      measure: `ingest and roll-up, ${what}: exchanges a second`,
      value: accepted / seconds,
      toReach: `≥ ${toReach.toLocaleString('en')}`,
      holds: accepted / seconds >= toReach,
      note: `${accepted.toLocaleString('en')} exchanges; made in ${world.seconds().toFixed(1)} s apart`,
    },
    ...(text === 'none'
      ? [
          {
            measure: 'the same, × a bare COPY of the rows into a table without an index',
            value: seconds / bare,
            toReach: '≤ 5',
            holds: seconds / bare <= 5,
            note: `COPY alone: ${((bare / accepted) * 1e6).toFixed(2)} µs a row`,
          },
        ]
      : []),
  ];
}

/** Seconds for a COPY of all exchanges into an empty table. */
async function bareCopy(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  try {
    const rows: Buffer[] = await copyOut(client, 'copy (select * from exchange) to stdout (format binary)').toArray();
    const times: number[] = [];
    for (let round = 0; round < COPIES; round += 1) {
      await client.query('create table bare_exchange as select * from exchange with no data');
      const start = performance.now();
      await pipeline(Readable.from(rows), client.query(copyFrom('copy bare_exchange from stdin (format binary)')));
      times.push((performance.now() - start) / 1_000);
      await client.query('drop table bare_exchange');
    }
    return times.toSorted((a, b) => a - b)[Math.floor(COPIES / 2)] ?? 0;
  } finally {
    client.release();
  }
}
