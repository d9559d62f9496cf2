/** A row of the exchange table but for its batch and its model, whose numbers are known when it is written. Times are epoch milliseconds. */
interface ExchangeRow {
  accountKey: bigint;
  occurredAt: number;
  exchangeKey: bigint;
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  reasoningTokens: number | undefined;
  marks: number;
  outcome: number;
  capability: number;
  accessPath: number;
  traits: readonly bigint[];
}

/** The columns, in the order in which rows are written: first those whose place must be known afterwards. */
export const COPY_COLUMNS =
  'batch_id, model_id, account_key, occurred_at, exchange_key, input_tokens, output_tokens, reasoning_tokens, marks, outcome, capability, access_path, traits';

const COLUMN_COUNT = 13;
/** Where these stand in a row. */
const BATCH_AT = 6;
const MODEL_AT = 14;
const ACCOUNT_KEY_AT = 20;
const EXCHANGE_KEY_AT = 44;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
/** What a row without traits takes at most, and a trait. */
const ROW_BYTES = 128;
const TRAIT_BYTES = 12;
/** PostgreSQL counts microseconds from 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const BIGINT_OID = 20;
const TWO_TO_32 = 2 ** 32;

/** Rows in the binary format of COPY, one behind the other: half the text's cost on either side of the wire. */
export interface CopyRows {
  /** Where the next row will begin. */
  readonly end: number;
  add(row: ExchangeRow): void;
  /** The rows, at the start of a buffer of their own. No row can be added after. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** `expected`: bytes that are probably needed. */
export function createCopyRows(expected: number): CopyRows {
  let bytes = new Uint8Array(expected);
  let view = new DataView(bytes.buffer);
  let end = 0;
  // Halves of a 64-bit number: read this way, it takes a fifth of what `setBigInt64` takes.
  const whole = new BigInt64Array(1);
  const halves = new Int32Array(whole.buffer);

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
    whole[0] = value;
    view.setInt32(end, 8);
    view.setInt32(end + 4, halves[1] ?? 0);
    view.setInt32(end + 8, halves[0] ?? 0);
    end += TRAIT_BYTES;
  }
  function time(ms: number): void {
    const microseconds = (ms - EPOCH_MS) * 1000;
    const high = Math.floor(microseconds / TWO_TO_32);
    view.setInt32(end, 8);
    view.setInt32(end + 4, high);
    view.setUint32(end + 8, microseconds - high * TWO_TO_32);
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
    get end() {
      return end;
    },
    add(row) {
      makeRoom(ROW_BYTES + TRAIT_BYTES * row.traits.length);
      view.setInt16(end, COLUMN_COUNT);
      end += 2;
      int32(0);
      int16(0);
      int64(row.accountKey);
      time(row.occurredAt);
      int64(row.exchangeKey);
      int32(row.inputTokens);
      int32(row.outputTokens);
      int32(row.reasoningTokens);
      int16(row.marks);
      int16(row.outcome);
      int16(row.capability);
      int16(row.accessPath);
      bigints(row.traits);
    },
    finish: () => bytes.subarray(0, end),
  };
}

/** What can be read of rows, and put into them, where they begin. */
export function viewRows(rows: Uint8Array) {
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  return {
    accountKey: (start: number): bigint => view.getBigInt64(start + ACCOUNT_KEY_AT),
    accountKeyHigh: (start: number): number => view.getInt32(start + ACCOUNT_KEY_AT),
    exchangeKeyHigh: (start: number): number => view.getInt32(start + EXCHANGE_KEY_AT),
    exchangeKeyLow: (start: number): number => view.getInt32(start + EXCHANGE_KEY_AT + 4),
    setBatch(start: number, batch: number): void {
      view.setInt32(start + BATCH_AT, batch);
    },
    setModel(start: number, modelId: number): void {
      view.setInt16(start + MODEL_AT, modelId);
    },
  };
}
export type RowView = ReturnType<typeof viewRows>;

/** The whole COPY's bytes, of rows that lie in several places. */
export function copyOfRows(rows: readonly Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, ...rows, TRAILER]);
}
