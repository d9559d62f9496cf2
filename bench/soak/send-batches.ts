import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Traffic } from './traffic.ts';

export interface SendOptions {
  url: string;
  token: string;
  traffic: Traffic;
  /** Lines a second. */
  rate: number;
  signal: AbortSignal;
}

export interface SendCounts {
  sent: number;
  accepted: number;
  duplicates: number;
  quarantined: number;
  batches: number;
  /** Batches that were sent once more although they were answered, and were answered as the first time. */
  repeated: number;
  /** Requests whose connection ended without an answer. */
  unanswered: number;
  /** Answers that told to come again, by status. */
  putOff: Record<number, number>;
}

const PERIOD_MS = 1_000;
/** What was held up is caught up in pieces that the endpoint takes. */
const MOST_LINES = 20_000;
/** So many batches after each other, one of them comes twice. */
const REPEAT_EVERY = 50;
const pack = promisify(gzip);

/** A gateway: each second what became due, gzipped, under a key of its own, until it is ended. `counts` moves meanwhile. */
export async function sendBatches(options: SendOptions, counts: SendCounts): Promise<void> {
  const { traffic, rate, signal } = options;
  for (const start = Date.now(); !signal.aborted; ) {
    const now = Date.now();
    const due = Math.min(MOST_LINES, Math.floor(((now - start) / 1_000) * rate) - counts.sent);
    if (due > 0) {
      const body = await pack(`${(await traffic.next(due, now)).join('\n')}\n`);
      const key = randomUUID();
      counts.sent += due;
      const answer = await send(body, key, options, counts);
      counts.accepted += answer.accepted;
      counts.duplicates += answer.duplicates;
      counts.quarantined += answer.quarantined;
      counts.batches += 1;
      if (counts.batches % REPEAT_EVERY === 0) {
        const again = await send(body, key, options, counts);
        if (JSON.stringify(again) !== JSON.stringify(answer))
          throw new Error('a repeated batch was answered otherwise');
        counts.repeated += 1;
      }
    }
    await sleep(PERIOD_MS - ((Date.now() - start) % PERIOD_MS), undefined, { signal }).catch(() => {});
  }
}

/** Until it is taken, as the documentation tells gateways to: what was not answered is sent again with its key. */
async function send(body: Buffer, key: string, { url, token }: SendOptions, counts: SendCounts) {
  for (;;) {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'idempotency-key': key,
    };
    const request = { method: 'POST', headers, body: new Uint8Array(body) };
    const answer = await fetch(`${url}/v1/exchanges`, request).catch(() => undefined);
    if (answer?.ok === true) return (await answer.json()) as Record<'accepted' | 'duplicates' | 'quarantined', number>;
    if (answer === undefined) counts.unanswered += 1;
    else {
      if (![429, 503, 408].includes(answer.status))
        throw new Error(`a batch was refused: ${answer.status} ${await answer.text()}`);
      await answer.text();
      counts.putOff[answer.status] = (counts.putOff[answer.status] ?? 0) + 1;
    }
    await sleep(Number(answer?.headers.get('retry-after') ?? 1) * 1_000);
  }
}
