import { describe, expect, it } from 'vitest';
import { chartSpan } from '../../src/campaigns/extent.ts';
import { keptFrom, LEAST_MS, lifetimes, packedUpTo, type RetentionFigures } from '../../src/campaigns/retention.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-31T12:00:00Z');
const WELL: RetentionFigures = { now: NOW, closedUntil: NOW - 600_000, pendingFrom: null, heldFrom: null };
const from = (change: Partial<RetentionFigures>, days = 14) => {
  const first = keptFrom('raw', days * DAY, { ...WELL, ...change });
  return Number.isFinite(first) ? new Date(first).toISOString().slice(0, 10) : first;
};

describe('keptFrom', () => {
  it('keeps whole days', () => {
    expect(from({})).toBe('2026-03-17');
    expect(from({ now: Date.parse('2026-03-31T23:59:59.999Z') })).toBe('2026-03-17');
    expect(from({ now: Date.parse('2026-04-01T00:00:00Z') })).toBe('2026-03-18');
  });

  it('keeps everything before any window is closed', () => {
    expect(from({ closedUntil: null })).toBe(Number.NEGATIVE_INFINITY);
  });

  it('keeps what detections look at, however old it has become without new traffic', () => {
    expect(from({ closedUntil: NOW - 60 * DAY })).toBe('2026-01-20');
    expect(from({ closedUntil: NOW - 3 * DAY })).toBe('2026-03-17');
  });

  it('keeps what is not rolled up, and what a hold preserves', () => {
    expect(from({ pendingFrom: Date.parse('2026-03-02T23:00:00Z') })).toBe('2026-03-02');
    expect(from({ heldFrom: Date.parse('2026-02-10T00:00:00Z') })).toBe('2026-02-10');
    expect(from({ heldFrom: NOW })).toBe('2026-03-17');
  });
});

describe('packedUpTo', () => {
  const upTo = (change: Partial<RetentionFigures> = {}, thinUntil: number | null = NOW) => {
    const first = packedUpTo({ ...WELL, ...change }, thinUntil);
    return Number.isFinite(first) ? new Date(first).toISOString() : first;
  };

  it('leaves the day that is not over, and the one before it, which raw rows are read of again', () => {
    expect(upTo()).toBe('2026-03-30T00:00:00.000Z');
    expect(upTo({ closedUntil: Date.parse('2026-04-01T00:00:00Z') }, NOW + DAY)).toBe('2026-03-31T00:00:00.000Z');
    expect(upTo({ closedUntil: Date.parse('2026-03-31T23:59:59.999Z') }, NOW + DAY)).toBe('2026-03-30T00:00:00.000Z');
  });

  it('waits for the pass over what is shared thinly', () => {
    expect(upTo({}, NOW - 5 * DAY)).toBe('2026-03-25T00:00:00.000Z');
    expect(upTo({}, null)).toBe(Number.NEGATIVE_INFINITY);
    expect(upTo({ closedUntil: null })).toBe(Number.NEGATIVE_INFINITY);
  });

  it('leaves what is not rolled up, and what a hold preserves', () => {
    expect(upTo({ pendingFrom: Date.parse('2026-03-02T23:00:00Z') })).toBe('2026-03-02T00:00:00.000Z');
    expect(upTo({ heldFrom: Date.parse('2026-02-10T05:00:00Z') })).toBe('2026-02-10T00:00:00.000Z');
    expect(upTo({ heldFrom: NOW, pendingFrom: NOW })).toBe('2026-03-30T00:00:00.000Z');
  });
});

it('keeps counts for no less time than the rest', () => {
  expect(lifetimes({ raw: 14 * DAY, traits: 30 * DAY })).toEqual({
    raw: 14 * DAY,
    traits: 30 * DAY,
    counts: 400 * DAY,
  });
  expect(lifetimes({ raw: 10 * DAY, traits: 500 * DAY }).counts).toBe(500 * DAY);
});

it('keeps raw exchanges for every chart that is drawn from them, and draws the others of whole days', () => {
  const spans = Array.from({ length: 24 * 400 * 2 }, (_, step) => {
    const end = NOW + (step % 7) * 3_500_000;
    return { end, ...chartSpan(end - step * 1_800_000, end) };
  });
  const [ofDays, ofHours] = [spans.filter(isOfDays), spans.filter((span) => !isOfDays(span))];
  expect(ofDays.filter(({ from }) => from % DAY !== 0)).toEqual([]);
  expect(ofHours.filter(({ from, end }) => from < end - LEAST_MS.raw)).toEqual([]);
  expect(Math.min(ofDays.length, ofHours.length)).toBeGreaterThan(300);
});

const isOfDays = ({ bucketHours }: { bucketHours: number }) => bucketHours % 24 === 0;

it('looks back ten days over what is raw and over traits, and forty over counts', () => {
  expect(LEAST_MS).toEqual({ raw: 10 * DAY, traits: 10 * DAY, counts: 40 * DAY });
});
