import type { Keys } from './traits/key-table.ts';

// Arrays as a statement's parameters, in PostgreSQL's binary format: as text, pg quotes each element, and the server reads it back.

const BIGINT = 20;
const INTEGER = 23;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const HEAD_BYTES = 20;
const TWO_TO_32 = 2 ** 32;

/** Keys of a table, by their places. */
export function keyArray({ high, low }: Keys, count: number, place: (at: number) => number): Buffer {
  return arrayOf(BIGINT, 8, count, (view, offset, at) => {
    view.setInt32(offset, high(place(at)));
    view.setInt32(offset + 4, low(place(at)));
  });
}

export const integerArray = (count: number, value: (at: number) => number): Buffer =>
  arrayOf(INTEGER, 4, count, (view, offset, at) => view.setInt32(offset, value(at)));

/** Days from 2000. */
export const dateArray = (count: number, days: (at: number) => number): Buffer =>
  arrayOf(DATE, 4, count, (view, offset, at) => view.setInt32(offset, days(at)));

/** Microseconds from 2000, which are below 2^53 until 2285. */
export function timeArray(count: number, microseconds: (at: number) => number): Buffer {
  return arrayOf(TIMESTAMPTZ, 8, count, (view, offset, at) => {
    const high = Math.floor(microseconds(at) / TWO_TO_32);
    view.setInt32(offset, high);
    view.setUint32(offset + 4, microseconds(at) - high * TWO_TO_32);
  });
}

function arrayOf(
  type: number,
  width: number,
  count: number,
  set: (view: DataView, offset: number, at: number) => void,
): Buffer {
  // One dimension, no nulls; its length, and 1 as its lower bound. An empty one has no dimension.
  const bytes = Buffer.alloc(HEAD_BYTES + count * (4 + width));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setInt32(0, 1);
  view.setInt32(8, type);
  view.setInt32(12, count);
  view.setInt32(16, 1);
  for (let at = 0; at < count; at += 1) {
    const offset = HEAD_BYTES + at * (4 + width);
    view.setInt32(offset, width);
    set(view, offset + 4, at);
  }
  return bytes;
}
