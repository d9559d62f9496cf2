import { astralClass, CLASSES, DIGIT, FOLDED, LETTER, SEPARATOR, SILENT, WHOLE_WORD } from './character-class.ts';

/** Text is read at both ends only: hostile megabytes cost no more than a long prompt. */
export const START_CHARACTERS = 4096;
export const END_CHARACTERS = 1024;

/** A text as hashes of its words, in lower case, compatibility forms unified, all numbers alike. */
export interface Words {
  /** The words of the text's start. */
  start: Uint32Array;
  /** The words of its end; `start` itself where the text is short enough. */
  end: Uint32Array;
  /** Two hashes of the text to the letter, numbers and length included, but not spacing, case and punctuation. */
  exact: [number, number];
}

export interface WordReader {
  /** Views of buffers that the next call overwrites. */
  read(text: string): Words;
  /** The hash that a single word has in what is read. */
  hashOf(word: string): number;
}

/** No language piles marks up so; putting them in order would take the square of their number. */
const PILED_MARKS = /\p{M}{32}/u;
const PRIME = 0x01000193;
const NUMBER = 0x23;
const SPACE = 0x20;
/** Compatibility forms can be many times longer than what was written: what passes this is cut off. */
const MOST_BYTES = 4 * START_CHARACTERS;

/** `seed` (secret) keys the words' 32-bit hashes: they only ever leave the process inside a keyed 64-bit one. */
export function createWordReader(seed: number): WordReader {
  const buffer = Buffer.alloc(MOST_BYTES + 4);
  const codes = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2);
  const startWords = new Uint32Array(START_CHARACTERS);
  const endWords = new Uint32Array(END_CHARACTERS);
  let left = 0;
  let right = 0;

  // Most of what a prompt costs is here: over an array, four times as fast as a string, and plain locals.
  function fill(text: string, into: Uint32Array): number {
    const isAscii = Buffer.byteLength(text) === text.length;
    const length = buffer.write(isAscii ? text : unify(text), 0, MOST_BYTES, 'utf16le') / 2;
    // Separators past the end close the last word.
    codes[length] = SPACE;
    codes[length + 1] = SPACE;
    const classes = CLASSES;
    const folded = FOLDED;
    const units = codes;
    const fresh = seed | 0;
    let first = left | 0;
    let second = right | 0;
    let count = 0;
    for (let at = 0; at < length && count < into.length; ) {
      let code = units[at] ?? SPACE;
      let kind = classes[code] ?? SEPARATOR;
      // The word as it is compared, and to the letter: they differ in numbers alone.
      let hash = fresh;
      while (kind === LETTER) {
        hash = Math.imul(hash ^ (folded[code] ?? 0), PRIME);
        at += 1;
        code = units[at] ?? SPACE;
        kind = classes[code] ?? SEPARATOR;
      }
      let exact = hash;
      let inNumber = false;
      while (kind !== SEPARATOR || inNumber) {
        if (kind === LETTER) {
          hash = Math.imul(hash ^ (folded[code] ?? 0), PRIME);
          exact = Math.imul(exact ^ (folded[code] ?? 0), PRIME);
          inNumber = false;
        } else if (kind === DIGIT) {
          if (!inNumber) hash = Math.imul(hash ^ NUMBER, PRIME);
          exact = Math.imul(exact ^ code, PRIME);
          inNumber = true;
        } else if (kind !== SILENT) {
          // 10,000.5 is one number.
          const isPoint = inNumber && (code === 0x2c || code === 0x2e);
          if (!isPoint || classes[units[at + 1] ?? SPACE] !== DIGIT) break;
        }
        at += 1;
        code = units[at] ?? SPACE;
        kind = classes[code] ?? SEPARATOR;
      }
      if (exact === fresh) {
        // No word stands here, but perhaps a character that is one.
        at += 1;
        const low = units[at] ?? SPACE;
        if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
          code = ((code - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
          kind = astralClass(code);
          at += 1;
        }
        if (kind !== WHOLE_WORD) continue;
        hash = exact = Math.imul(fresh ^ code, PRIME);
      }
      // FNV leaves the last character in few bits: mixed over all of them.
      into[count] = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      count += 1;
      first = Math.imul(first ^ exact, 0x9e3779b1) ^ (first >>> 15);
      second = (Math.imul(second, 0x2c1b3c6d) + exact) ^ (second >>> 13);
    }
    left = first;
    right = second;
    return count;
  }

  function read(text: string): Words {
    const isShort = text.length <= START_CHARACTERS;
    left = seed;
    // What lies between the ends shows in the length alone.
    right = isShort ? seed : seed ^ text.length;
    const start = startWords.subarray(0, fill(isShort ? text : text.slice(0, START_CHARACTERS), startWords));
    const end = isShort ? start : endWords.subarray(0, fill(text.slice(-END_CHARACTERS), endWords));
    return { start, end, exact: [left, right] };
  }

  return {
    read,
    hashOf(word) {
      const { start } = read(word);
      if (start.length !== 1) throw new Error(`not a single word: ${word}`);
      return start[0] ?? 0;
    },
  };
}

function unify(text: string): string {
  return (PILED_MARKS.test(text) ? text : text.normalize('NFKC')).toLowerCase();
}
