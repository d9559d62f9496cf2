/** What a character is to a word. */
export const SEPARATOR = 0;
export const LETTER = 1;
export const DIGIT = 2;
/** A word by itself: scripts that are written without spaces. */
export const WHOLE_WORD = 3;
/** Neither read nor a gap: apostrophes, and the invisible characters with which words are broken up unseen. */
export const SILENT = 4;

/** The class of each UTF-16 unit; surrogates are separators here, see `astralClass`. */
export const CLASSES: Uint8Array = classify();

function classify(): Uint8Array {
  const classes = new Uint8Array(0x1_0000);
  const units = Array.from({ length: 0xd800 }, (_, unit) => String.fromCharCode(unit)).join('');
  const upper = Array.from({ length: 0x2000 }, (_, unit) => String.fromCharCode(0xe000 + unit)).join('');
  const mark = (pattern: RegExp, value: number) => {
    for (const [text, first] of [
      [units, 0],
      [upper, 0xe000],
    ] as const) {
      for (const { 0: run, index } of text.matchAll(pattern)) {
        classes.fill(value, first + index, first + index + run.length);
      }
    }
  };
  mark(/[\p{L}\p{M}]+/gu, LETTER);
  mark(/\p{N}+/gu, DIGIT);
  mark(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu,
    WHOLE_WORD,
  );
  mark(/['\u2018\u2019\u02bc\p{Cf}]+/gu, SILENT);
  return classes;
}

/** Of each UTF-16 unit that is a letter the unit, with the capitals of ASCII made small: for others, see `toLowerCase`. 0 of the rest. */
export const LETTERS: Uint16Array = Uint16Array.from(CLASSES, (kind, code) => {
  if (kind !== LETTER) return 0;
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
});

const ASTRAL_WORD = /[\p{L}\p{M}\p{N}]/u;

/** The class of a character past the first 65,536. */
export function astralClass(codePoint: number): number {
  return ASTRAL_WORD.test(String.fromCodePoint(codePoint)) ? WHOLE_WORD : SEPARATOR;
}
