import { astralClass, CLASSES, DIGIT, LETTER, LETTERS, SEPARATOR, SILENT, WHOLE_WORD } from './character-class.ts';

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

/** What is being read: of the module, so that there is but one, whose place the compiled loop knows. */
const buffer = Buffer.alloc(MOST_BYTES + 4);
const codes = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2);

/**
 * Hashes the words of a text into an array, and on into the two hashes of `exact`. Returns how many there are.
 * Most of what a prompt costs is here: over an array, four times as fast as a string, plain locals, and a function that
 * is made once; one for each reader took twice the time as soon as there were two.
 */
function fill(text: string, into: Uint32Array, seed: number, exact: [number, number]): number {
  const isAscii = Buffer.byteLength(text) === text.length;
  const length = buffer.write(isAscii ? text : unify(text), 0, MOST_BYTES, 'utf16le') / 2;
  // Separators past the end close the last word.
  codes[length] = SPACE;
  codes[length + 1] = SPACE;
  const classes = CLASSES;
  const letters = LETTERS;
  const units = codes;
  const fresh = seed | 0;
  const most = into.length;
  let first = exact[0] | 0;
  let second = exact[1] | 0;
  let count = 0;
  for (let at = 0; at < length && count < most; ) {
    // The word as it is compared, and to the letter: they differ in numbers alone.
    let hash = fresh;
    let letter = letters[units[at] ?? SPACE] ?? 0;
    while (letter !== 0) {
      hash = Math.imul(hash ^ letter, PRIME);
      at += 1;
      letter = letters[units[at] ?? SPACE] ?? 0;
    }
    let toLetter = hash;
    let code = units[at] ?? SPACE;
    let kind = classes[code] ?? SEPARATOR;
    let inNumber = false;
    while (kind !== SEPARATOR || inNumber) {
      if (kind === LETTER) {
        letter = letters[code] ?? 0;
        hash = Math.imul(hash ^ letter, PRIME);
        toLetter = Math.imul(toLetter ^ letter, PRIME);
        inNumber = false;
      } else if (kind === DIGIT) {
        if (!inNumber) hash = Math.imul(hash ^ NUMBER, PRIME);
        toLetter = Math.imul(toLetter ^ code, PRIME);
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
    if (toLetter === fresh) {
      // No word stands here, but perhaps a character that is one.
      at += 1;
      const low = units[at] ?? SPACE;
      if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        code = ((code - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
        kind = astralClass(code);
        at += 1;
      }
      if (kind !== WHOLE_WORD) continue;
      hash = toLetter = Math.imul(fresh ^ code, PRIME);
    }
    // FNV leaves the last character in few bits: mixed over all of them.
    into[count] = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    count += 1;
    first = Math.imul(first ^ toLetter, 0x9e3779b1) ^ (first >>> 15);
    second = (Math.imul(second, 0x2c1b3c6d) + toLetter) ^ (second >>> 13);
  }
  exact[0] = first;
  exact[1] = second;
  return count;
}

/** `seed` (secret) keys the words' 32-bit hashes: they only ever leave the process inside a keyed 64-bit one. */
export function createWordReader(seed: number): WordReader {
  const startWords = new Uint32Array(START_CHARACTERS);
  const endWords = new Uint32Array(END_CHARACTERS);

  function read(text: string): Words {
    const isShort = text.length <= START_CHARACTERS;
    // What lies between the ends shows in the length alone.
    const exact: [number, number] = [seed, isShort ? seed : seed ^ text.length];
    const startText = isShort ? text : text.slice(0, START_CHARACTERS);
    const start = startWords.subarray(0, fill(startText, startWords, seed, exact));
    if (isShort) return { start, end: start, exact };
    const end = endWords.subarray(0, fill(text.slice(-END_CHARACTERS), endWords, seed, exact));
    return { start, end, exact };
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
