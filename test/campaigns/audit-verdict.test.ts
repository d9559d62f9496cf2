import { describe, expect, it } from 'vitest';
import { readAnchors } from '../../src/campaigns/audit-verdict.ts';

const HASH = '0123456789abcdef'.repeat(4);

describe('readAnchors', () => {
  it.each([
    ['a hash', HASH, [{ hash: HASH }]],
    ['a hash in capitals', HASH.toUpperCase(), [{ hash: HASH }]],
    ['a number and a hash', `1204:${HASH}`, [{ seq: 1204, hash: HASH }]],
    ['an entry of the export', `{"seq":7,"hash":"${HASH.toUpperCase()}"}`, [{ seq: 7, hash: HASH }]],
    ['a head', `{"entries":7,"hash":"${HASH}"}`, [{ seq: 7, hash: HASH }]],
    ['a message of the webhook', `{"type":"x","data":{"seq":7,"hash":"${HASH}"}}`, [{ seq: 7, hash: HASH }]],
    ['lines, with empty ones', `\n ${HASH}\t\n\n2:${HASH}\n`, [{ hash: HASH }, { seq: 2, hash: HASH }]],
  ])('takes %s', (_what, text, anchors) => {
    expect(readAnchors(text)).toEqual(anchors);
  });

  it.each([
    ['nothing', ' \n'],
    ['half a hash', HASH.slice(1)],
    ['more than a hash', `${HASH}0`],
    ['words before it', `the hash:${HASH}`],
    ['a number that is none', `${'1'.repeat(16)}:${HASH}`],
    ['an object without a number', `{"hash":"${HASH}"}`],
    ['an object without a hash', '{"seq":7}'],
    ['a number in words', `{"seq":"7","hash":"${HASH}"}`],
    ['null', 'null'],
    ['one bad line of two', `${HASH}\nx`],
  ])('takes no %s', (_what, text) => {
    expect(readAnchors(text)).toBeUndefined();
  });
});
