import { describe, expect, it } from 'vitest';
import { latestDigestSlot } from '../../src/jobs/digest-slot.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const berlin = (time: string) => ({ time, timezone: 'Europe/Berlin' });

describe('latestDigestSlot', () => {
  it('is today’s from its minute on, yesterday’s before', () => {
    const utc = { time: '09:00', timezone: 'UTC' };
    expect(latestDigestSlot(at('2026-04-30T09:00:00Z'), utc)).toEqual({
      day: '2026-04-30',
      from: at('2026-04-29T09:00:00Z'),
      to: at('2026-04-30T09:00:00Z'),
    });
    expect(latestDigestSlot(at('2026-04-30T08:59:59.999Z'), utc).day).toBe('2026-04-29');
  });

  it('keeps its local time over changes of clocks', () => {
    const spring = latestDigestSlot(at('2026-03-29T08:00:00Z'), berlin('09:00'));
    expect(spring).toMatchObject({ day: '2026-03-29', to: at('2026-03-29T07:00:00Z') });
    expect(spring.to - spring.from).toBe(23 * HOUR);
    const autumn = latestDigestSlot(at('2026-10-25T08:00:00Z'), berlin('09:00'));
    expect(autumn.to - autumn.from).toBe(25 * HOUR);
  });

  it('has one slot on a day whose time does not exist or comes twice', () => {
    const days = (from: string, time: string) =>
      Array.from({ length: 48 }, (_, half) => latestDigestSlot(at(from) + half * (HOUR / 2), berlin(time)));
    for (const slots of [days('2026-03-28T12:00:00Z', '02:30'), days('2026-10-24T12:00:00Z', '02:30')]) {
      expect(new Set(slots.map((slot) => slot.to)).size).toBe(2);
      expect(new Set(slots.map((slot) => slot.day)).size).toBe(2);
    }
    expect(latestDigestSlot(at('2026-03-29T12:00:00Z'), berlin('02:30')).to).toBe(at('2026-03-29T01:30:00Z'));
  });

  it('follows without a gap', () => {
    let until = latestDigestSlot(at('2026-01-01T00:00:00Z'), berlin('09:15')).to;
    for (let hours = 0; hours < 365 * 24; hours += 1) {
      const slot = latestDigestSlot(at('2026-01-01T00:00:00Z') + hours * HOUR, berlin('09:15'));
      if (slot.to === until) continue;
      expect(slot.from).toBe(until);
      until = slot.to;
    }
  });
});
