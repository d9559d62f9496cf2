import { type Mark, MARKS } from '../campaigns/marks.ts';
import { PHRASES } from './phrases.ts';
import { createWordTable } from './word-table.ts';
import type { WordReader, Words } from './words.ts';

/** The provider's own labels that say the same as a mark. */
const LABELS: ReadonlyMap<string, Mark> = new Map([
  ['cot_elicitation', 'elicits_reasoning'],
  ['reasoning_elicitation', 'elicits_reasoning'],
  ['chain_of_thought', 'elicits_reasoning'],
  ['rubric_grading', 'grades'],
  ['grading', 'grades'],
  ['reward_modeling', 'grades'],
  ['reward_model', 'grades'],
  ['data_generation', 'generates_data'],
  ['synthetic_data', 'generates_data'],
  ['bypass_probe', 'probes_bypass'],
  ['reasoning_extraction', 'probes_bypass'],
]);

/** The bit set of what the provider's labels say. */
export function marksOfLabels(labels: readonly string[]): number {
  let marks = 0;
  for (const label of labels) {
    const mark = LABELS.get(label);
    if (mark !== undefined) marks |= MARKS[mark];
  }
  return marks;
}

interface Phrase {
  mark: number;
  words: Uint32Array;
}

/** What reads the bit set of a text's own wording, from words that `reader` made. */
export function createMarkReader(reader: WordReader): (words: Words) => number {
  // By their first word, so that a text is walked once.
  const byFirstWord = new Map<number, Phrase[]>();
  for (const [mark, phrases] of Object.entries(PHRASES) as [Mark, readonly string[]][]) {
    for (const phrase of phrases) {
      const words = phrase.split(' ').map((word) => reader.hashOf(word));
      const first = words[0] ?? 0;
      byFirstWord.set(first, [
        ...(byFirstWord.get(first) ?? []),
        { mark: MARKS[mark], words: Uint32Array.from(words) },
      ]);
    }
  }
  const starting = createWordTable(byFirstWord);

  function walk(words: Uint32Array): number {
    let marks = 0;
    for (let at = 0; at < words.length; at += 1) {
      const phrases = starting.get(words[at] ?? 0);
      if (phrases === undefined) continue;
      for (const phrase of phrases) if (standsAt(phrase.words, words, at)) marks |= phrase.mark;
    }
    return marks;
  }

  return ({ start, end }) => (start === end ? walk(start) : walk(start) | walk(end));
}

function standsAt(phrase: Uint32Array, words: Uint32Array, at: number): boolean {
  if (at + phrase.length > words.length) return false;
  for (let offset = 1; offset < phrase.length; offset += 1) if (words[at + offset] !== phrase[offset]) return false;
  return true;
}
