import { expect, test } from 'vitest';
import { sipHash } from '../../src/ingest/sip-hash.ts';

/** From the reference implementation's vectors_sip64: key 00…0f, message 00, 01, … of as many bytes. */
const VECTORS: [bytes: number, hash: string][] = [
  [0, '310e0edd47db6f72'],
  [4, 'b7877127e09427cf'],
  [8, '6224939a79f5f593'],
  [12, 'fbe50e86bc8f1e75'],
];

test.each(VECTORS)('agrees with the reference on %i bytes', (bytes, hash) => {
  const counted = (length: number) => Uint8Array.from({ length }, (_, index) => index).buffer;
  const out = new Uint32Array(2);
  sipHash(new Int32Array(counted(16)), new Int32Array(counted(bytes)), 0, bytes / 4, out);
  expect(Buffer.from(out.buffer).toString('hex')).toBe(hash);
});
