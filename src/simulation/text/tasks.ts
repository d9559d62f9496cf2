import { codeBlock, stackTrace } from './code.ts';
import { foreignText } from './foreign.ts';
import { type Phrase, phrases, say, type Voice } from './phrase.ts';
import { sentences } from './sentences.ts';
import * as openings from './openings.ts';

export const Capabilities = [
  'software',
  'agentic',
  'math',
  'rubric',
  'translation',
  'chat',
  'support',
  'extraction',
  'tutoring',
  'creative',
  'generation',
  'questions',
] as const;
export type Capability = (typeof Capabilities)[number];

interface TaskKind {
  open: readonly Phrase[];
  /** What follows the opening, if anything. */
  body(voice: Voice): string;
  /** What the provider's classifier would call it. */
  label: string;
  /** Median tokens of an answer. */
  output: number;
}

const nothing = (): string => '';
const some = (low: number, high: number) => (voice: Voice) => ` ${sentences(voice, voice.random.int(low, high))}`;
const maybe = (probability: number, body: (voice: Voice) => string) => (voice: Voice) =>
  voice.random.chance(probability) ? body(voice) : '';
const block = (voice: Voice) => `\n\n${voice.random.chance(0.8) ? codeBlock(voice) : stackTrace(voice)}`;
const toolResult = phrases(`
  \\n\\nTool {snake} returned: {"{noun}": {number}, "{noun}": "{adj}"}
  \\n\\nObservation: {number} {nouns} match, the first is {snake}
  \\n\\nexit status {small}: {snake}: {noun} not found
`).map(
  (make): Phrase =>
    (voice) =>
      make(voice).replaceAll('\\n', '\n'),
);

const kinds: Record<Capability, TaskKind> = {
  software: { open: openings.software, body: maybe(0.75, block), label: 'coding', output: 520 },
  agentic: {
    open: openings.agentic,
    body: (voice) => (voice.random.chance(0.5) ? say(toolResult, voice) : some(0, 2)(voice)),
    label: 'agentic_coding',
    output: 460,
  },
  math: { open: openings.math, body: nothing, label: 'math', output: 420 },
  rubric: { open: openings.rubric, body: some(2, 5), label: 'rubric_grading', output: 260 },
  translation: {
    open: openings.translation,
    body: (voice) =>
      ` ${voice.random.chance(0.5) ? foreignText(voice.random, voice.random.int(1, 5)) : sentences(voice, voice.random.int(1, 4))}`,
    label: 'translation',
    output: 150,
  },
  chat: {
    open: openings.chat,
    body: (voice) => (voice.random.chance(0.12) ? ` ${foreignText(voice.random, 1)}` : maybe(0.4, some(1, 2))(voice)),
    label: 'chat',
    output: 210,
  },
  support: { open: openings.support, body: maybe(0.6, some(1, 2)), label: 'customer_support', output: 140 },
  extraction: { open: openings.extraction, body: some(2, 7), label: 'information_extraction', output: 110 },
  tutoring: { open: openings.tutoring, body: maybe(0.3, some(1, 1)), label: 'tutoring', output: 380 },
  creative: { open: openings.creative, body: maybe(0.4, some(1, 2)), label: 'creative_writing', output: 640 },
  generation: { open: openings.generation, body: maybe(0.3, some(1, 2)), label: 'data_generation', output: 780 },
  questions: { open: openings.questions, body: nothing, label: 'question_answering', output: 240 },
};

export const labelOf = (capability: Capability): string => kinds[capability].label;
export const medianOutput = (capability: Capability): number => kinds[capability].output;

/** One request's text, without any wrapper around it. */
export function writeTask(capability: Capability, voice: Voice): string {
  const kind = kinds[capability];
  return say(kind.open, voice) + kind.body(voice);
}
