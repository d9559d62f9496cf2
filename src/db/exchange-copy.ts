/** A row of the exchange table but for its batch, which is known when it is written. Times are epoch milliseconds. */
export interface ExchangeRow {
  accountKey: bigint;
  occurredAt: number;
  exchangeKey: bigint;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  reasoningTokens: number | undefined;
  modelId: number;
  marks: number;
  outcome: number;
  capability: number;
  accessPath: number;
  traits: readonly bigint[];
}

/** The columns, in the order in which rows are written. */
export const COPY_COLUMNS =
  'batch_id, account_key, occurred_at, exchange_key, input_tokens, output_tokens, reasoning_tokens, model_id, marks, outcome, capability, access_path, traits';

const COLUMN_COUNT = 13;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** What a row without traits takes at most, and a trait; the trailer. */
const ROW_BYTES = 128;
const TRAIT_BYTES = 12;
const TRAILER_BYTES = 2;
/** PostgreSQL counts microseconds from 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const BIGINT_OID = 20;

/** Rows in the binary format of COPY: half the text's cost on either side of the wire. */
export interface CopyBuffer {
  readonly rows: number;
  add(row: ExchangeRow): void;
  /** The whole COPY's bytes, every row of this batch; again for another batch. No row can be added after. */
  finish(batch: number): Buffer;
}

export function createCopyBuffer(): CopyBuffer {
  let bytes = new Uint8Array(64 * 1024);
  let view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  let end = SIGNATURE.length;
  /** Where each row's batch stands. */
  const batchesAt: number[] = [];

  function makeRoom(needed: number): void {
    if (end + needed <= bytes.length) return;
    const larger = new Uint8Array(2 * (bytes.length + needed));
    larger.set(bytes.subarray(0, end));
    bytes = larger;
    view = new DataView(bytes.buffer);
  }
  function int16(value: number): void {
    view.setInt32(end, 2);
    view.setInt16(end + 4, value);
    end += 6;
  }
  function int32(value: number | undefined): void {
    view.setInt32(end, value === undefined ? -1 : 4);
    if (value !== undefined) view.setInt32(end + 4, value);
    end += value === undefined ? 4 : 8;
  }
  function int64(value: bigint): void {
    view.setInt32(end, 8);
    view.setBigInt64(end + 4, value);
    end += TRAIT_BYTES;
  }
  function bigints(values: readonly bigint[]): void {
    view.setInt32(end, values.length === 0 ? 12 : 20 + TRAIT_BYTES * values.length);
    view.setInt32(end + 4, values.length === 0 ? 0 : 1);
    view.setInt32(end + 8, 0);
    view.setInt32(end + 12, BIGINT_OID);
    end += 16;
    if (values.length === 0) return;
    view.setInt32(end, values.length);
    view.setInt32(end + 4, 1);
    end += 8;
    for (const value of values) int64(value);
  }

  return {
    get rows() {
      return batchesAt.length;
    },
    add(row) {
      makeRoom(ROW_BYTES + TRAIT_BYTES * row.traits.length + TRAILER_BYTES);
      view.setInt16(end, COLUMN_COUNT);
      end += 2;
      batchesAt.push(end + 4);
      int32(0);
      int64(row.accountKey);
      int64(BigInt(row.occurredAt - EPOCH_MS) * 1000n);
      int64(row.exchangeKey);
      int32(row.inputTokens);
      int32(row.outputTokens);
      int32(row.reasoningTokens);
      int16(row.modelId);
      int16(row.marks);
      int16(row.outcome);
      int16(row.capability);
      int16(row.accessPath);
      bigints(row.traits);
    },
    finish(batch) {
      for (const at of batchesAt) view.setInt32(at, batch);
      view.setInt16(end, -1);
      return Buffer.from(bytes.buffer, 0, end + TRAILER_BYTES);
    },
  };
}
