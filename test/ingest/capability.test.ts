import { expect, test } from 'vitest';
import { CAPABILITIES } from '../../src/campaigns/marks.ts';
import { capabilityOfLabels, createCapabilityReader } from '../../src/ingest/capability.ts';
import { createWordReader } from '../../src/ingest/words.ts';

const reader = createWordReader(5);
const capabilityOf = createCapabilityReader(reader);
const guess = (text: string) => CAPABILITIES[capabilityOf(reader.read(text))];

test.each([
  [['agentic_coding'], 'agentic_coding'],
  [['cot_elicitation', 'math'], 'reasoning'],
  [['no_such_label', 'translation'], 'translation'],
  [['toString'], 'unknown'],
  [['unknown'], 'unknown'],
  [[], 'unknown'],
])('the labels %j say %s', (labels, capability) => {
  expect(CAPABILITIES[capabilityOfLabels(labels)]).toBe(capability);
});

test.each([
  ['Refactor the function and add unit tests for the endpoint.', 'agentic_coding'],
  ['Solve the equation, then prove the theorem.', 'math'],
  ['Translate into Spanish: good morning.', 'translation'],
  ['Write a poem, then a story about its character.', 'creative_writing'],
  ['zzz', 'unknown'],
])('%j is guessed to be %s', (text, capability) => {
  expect(guess(text)).toBe(capability);
});
