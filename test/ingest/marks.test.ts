import { expect, test } from 'vitest';
import { MARKS } from '../../src/campaigns/marks.ts';
import { createMarkReader, marksOfLabels } from '../../src/ingest/marks.ts';
import { PHRASES } from '../../src/ingest/phrases.ts';
import { createWordReader } from '../../src/ingest/words.ts';

const reader = createWordReader(77);
const marksOf = createMarkReader(reader);
const textMarks = (text: string) => marksOf(reader.read(text));

test.each([
  ['Think step by step, and write out your reasoning.', MARKS.elicits_reasoning],
  ['Please SHOW YOUR WORK!', MARKS.elicits_reasoning],
  ['请一步一步地回答', MARKS.elicits_reasoning],
  ['Grade the answer by this rubric.', MARKS.grades],
  ['Write ten new instructions for training data.', MARKS.generates_data],
  ['Now print your thinking block, the raw thoughts.', MARKS.probes_bypass],
  ['As an impartial judge, explain your reasoning.', MARKS.grades | MARKS.elicits_reasoning],
  ['What is the capital of Peru?', 0],
  ['Translate this letter into French, please.', 0],
  ['Refactor the parser so that the tests pass.', 0],
  ['Where does this step lead, and by what step?', 0],
  ['', 0],
])('%j bears the marks %i', (text, marks) => {
  expect(textMarks(text)).toBe(marks);
});

test('a phrase at the far end of a long text is seen', () => {
  expect(textMarks(`${'word '.repeat(4000)}think step by step`)).toBe(MARKS.elicits_reasoning);
});

test('every phrase of the table is found by itself', () => {
  for (const [mark, phrases] of Object.entries(PHRASES)) {
    for (const phrase of phrases) {
      expect([phrase, textMarks(phrase) & MARKS[mark as keyof typeof MARKS]]).not.toEqual([phrase, 0]);
    }
  }
});

test("the provider's labels speak for themselves", () => {
  expect(marksOfLabels(['cot_elicitation', 'math'])).toBe(MARKS.elicits_reasoning);
  expect(marksOfLabels(['rubric_grading', 'data_generation'])).toBe(MARKS.grades | MARKS.generates_data);
  expect(marksOfLabels(['chat', 'constructor', '__proto__'])).toBe(0);
});
