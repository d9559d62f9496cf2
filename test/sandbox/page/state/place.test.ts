import { describe, expect, it } from 'vitest';
import { type Place, readPlace, toHash } from '../../../../sandbox/page/state/place.ts';

describe('readPlace', () => {
  it.each<Place>([
    { kind: 'home' },
    { kind: 'channel', id: 'C1' },
    { kind: 'channel', id: 'C1', at: '1776816240.000100' },
    { kind: 'channel', id: 'C1', thread: '1776816240.000100' },
  ])('reads what toHash writes: %j', (place) => {
    expect(readPlace(toHash(place))).toEqual(place);
  });

  it("reads Slack's permalinks", () => {
    expect(readPlace('/archives/C1/p1776816240000100')).toEqual({ kind: 'channel', id: 'C1', at: '1776816240.000100' });
    expect(readPlace('/archives/C1/p1776816241000100?thread_ts=1776816240.000100&cid=C1')).toEqual({
      kind: 'channel',
      id: 'C1',
      thread: '1776816240.000100',
    });
  });

  it.each(['', '/', '#/', '#/nowhere', '/archives/../x', '#/C1/x1', 'javascript:alert(1)'])(
    'finds no place in %j',
    (address) => {
      expect(readPlace(address)).toBeNull();
    },
  );
});
