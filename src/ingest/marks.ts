import { type Mark, MARKS } from '../campaigns/marks.ts';
import { PHRASES } from './phrases.ts';
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
  words: number[];
}

/** What reads the bit set of a text's own wording, from words that `reader` made. */
export function createMarkReader(reader: WordReader): (words: Words) => number {
  // By their first word, so that a text is walked once; most words start no phrase, which one look in `starts` tells.
  const byFirstWord = new Map<number, Phrase[]>();
  const starts = new Uint8Array(4096);
  for (const [mark, phrases] of Object.entries(PHRASES) as [Mark, readonly string[]][]) {
    for (const phrase of phrases) {
      const words = phrase.split(' ').map((word) => reader.hashOf(word));
      const first = words[0] ?? 0;
      starts[first & 4095] = 1;
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { mark: MARKS[mark], words }]);
    }
  }

  function walk(words: Uint32Array): number {
    let marks = 0;
    for (let at = 0; at < words.length; at += 1) {
      const word = words[at] ?? 0;
      if (starts[word & 4095] === 0) continue;
      for (const phrase of byFirstWord.get(word) ?? []) {
        if (phrase.words.every((each, offset) => words[at + offset] === each)) marks |= phrase.mark;
      }
    }
    return marks;
  }

  return ({ start, end }) => (start === end ? walk(start) : walk(start) | walk(end));
}
