/** A 128-bit key as four 32-bit words, least significant first. */
export type SipKey = Int32Array;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of `words[from, to)`, read as little-endian bytes: a pseudo-random
 * function made for short inputs. Here because an HMAC costs more than all other work on an exchange together.
 * The 64-bit hash goes into `out`, its low half first.
 */
export function sipHash(key: SipKey, words: Int32Array, from: number, to: number, out: Uint32Array): void {
  const k0 = key[0] ?? 0;
  const k1 = key[1] ?? 0;
  const k2 = key[2] ?? 0;
  const k3 = key[3] ?? 0;
  // Four 64-bit lanes as halves: a, b, c, d are the paper's v0 to v3.
  let aLow = k0 ^ 0x70736575;
  let aHigh = k1 ^ 0x736f6d65;
  let bLow = k2 ^ 0x6e646f6d;
  let bHigh = k3 ^ 0x646f7261;
  let cLow = k0 ^ 0x6e657261;
  let cHigh = k1 ^ 0x6c796765;
  let dLow = k2 ^ 0x79746573;
  let dHigh = k3 ^ 0x74656462;

  const length = to - from;
  const blocks = length >> 1;
  // The blocks, the last one with the length, then the finish.
  for (let block = 0; block <= blocks + 1; block += 1) {
    let low = 0;
    let high = 0;
    let rounds = 2;
    if (block < blocks) {
      low = words[from + 2 * block] ?? 0;
      high = words[from + 2 * block + 1] ?? 0;
    } else if (block === blocks) {
      // The length in bytes fills the last block's highest byte; an odd word lies below it.
      if (length & 1) low = words[to - 1] ?? 0;
      high = (length * 4) << 24;
    } else {
      cLow ^= 0xff;
      rounds = 4;
    }
    dLow ^= low;
    dHigh ^= high;
    for (; rounds > 0; rounds -= 1) {
      let sum = (aLow + bLow) | 0;
      aHigh = (aHigh + bHigh + carryOf(aLow, bLow, sum)) | 0;
      aLow = sum;
      let high1 = (bHigh << 13) | (bLow >>> 19);
      bLow = ((bLow << 13) | (bHigh >>> 19)) ^ aLow;
      bHigh = high1 ^ aHigh;
      high1 = aLow;
      aLow = aHigh;
      aHigh = high1;

      sum = (cLow + dLow) | 0;
      cHigh = (cHigh + dHigh + carryOf(cLow, dLow, sum)) | 0;
      cLow = sum;
      high1 = (dHigh << 16) | (dLow >>> 16);
      dLow = ((dLow << 16) | (dHigh >>> 16)) ^ cLow;
      dHigh = high1 ^ cHigh;

      sum = (aLow + dLow) | 0;
      aHigh = (aHigh + dHigh + carryOf(aLow, dLow, sum)) | 0;
      aLow = sum;
      high1 = (dHigh << 21) | (dLow >>> 11);
      dLow = ((dLow << 21) | (dHigh >>> 11)) ^ aLow;
      dHigh = high1 ^ aHigh;

      sum = (cLow + bLow) | 0;
      cHigh = (cHigh + bHigh + carryOf(cLow, bLow, sum)) | 0;
      cLow = sum;
      high1 = (bHigh << 17) | (bLow >>> 15);
      bLow = ((bLow << 17) | (bHigh >>> 15)) ^ cLow;
      bHigh = high1 ^ cHigh;
      high1 = cLow;
      cLow = cHigh;
      cHigh = high1;
    }
    aLow ^= low;
    aHigh ^= high;
  }
  out[0] = aLow ^ bLow ^ cLow ^ dLow;
  out[1] = aHigh ^ bHigh ^ cHigh ^ dHigh;
}

/** 1 where two halves came to more than 32 bits: in signed numbers throughout, which cost half of what doubles do. */
function carryOf(one: number, other: number, sum: number): number {
  return ((one & other) | ((one | other) & ~sum)) >>> 31;
}
