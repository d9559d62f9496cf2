/** Controls, bidirectional overrides and what else is not seen: a name that is evidence is shown to the letter. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Surrogate}\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;

/** The text with every character that cannot be seen written out, as `\u{202e}`. */
export function visible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
