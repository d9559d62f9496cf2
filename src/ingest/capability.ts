import { CAPABILITIES, type Capability } from '../campaigns/marks.ts';
import { createWordTable } from './word-table.ts';
import type { WordReader, Words } from './words.ts';

/** Labels in a provider's words that are not already a capability's name. */
const LABELS: Partial<Record<string, Capability>> = {
  coding: 'agentic_coding',
  code: 'agentic_coding',
  software_engineering: 'agentic_coding',
  tools: 'tool_use',
  cot_elicitation: 'reasoning',
  extraction: 'information_extraction',
  qa: 'question_answering',
  support: 'customer_support',
  writing: 'creative_writing',
};

/** Words that tell a capability where a gateway gives no labels; the most votes win, on a tie the smaller code. */
const WORDS: [Capability, string[]][] = [
  [
    'agentic_coding',
    [
      'function',
      'refactor',
      'unit',
      'tests',
      'compile',
      'repository',
      'stack',
      'api',
      'endpoint',
      'sql',
      'docker',
      'dockerfile',
      'migration',
      'class',
      'bug',
      'import',
      'const',
      'return',
      'async',
      'component',
      'cli',
    ],
  ],
  ['tool_use', ['tool', 'tools', 'agent', 'agents', 'subtask', 'browse', 'search', 'call', 'calls', 'plan']],
  [
    'math',
    ['solve', 'equation', 'prove', 'theorem', 'integral', 'triangle', 'percent', 'sum', 'km', 'hour', 'calculate'],
  ],
  ['rubric_grading', ['rubric', 'grade', 'score', 'marks', 'candidate', 'judge', 'criteria']],
  ['data_generation', ['generate', 'examples', 'dataset', 'instructions', 'variants', 'synthetic', 'pairs']],
  [
    'information_extraction',
    ['extract', 'json', 'fields', 'entities', 'table', 'keys', 'parse', 'summarize', 'summarise'],
  ],
  ['translation', ['translate', 'translation', 'spanish', 'french', 'german', 'japanese', 'korean', 'chinese']],
  ['creative_writing', ['story', 'poem', 'chapter', 'novel', 'blog', 'post', 'lyrics', 'character', 'rewrite']],
  ['customer_support', ['customer', 'order', 'refund', 'ticket', 'shipping', 'account', 'agent']],
  ['tutoring', ['exercise', 'homework', 'explain', 'student', 'lesson', 'hint', 'teach']],
  ['question_answering', ['what', 'who', 'when', 'where', 'why', 'how', 'which']],
];
/** Only the start is read: a request says what it wants there. */
const WORDS_READ = 64;

/** The code of what the provider's labels say that an exchange used the model for; 0 where they say nothing. */
export function capabilityOfLabels(labels: readonly string[]): number {
  for (const label of labels) {
    const named = Object.hasOwn(LABELS, label) ? LABELS[label] : label;
    const code = (CAPABILITIES as readonly (string | undefined)[]).indexOf(named);
    if (code > 0) return code;
  }
  return 0;
}

/** What guesses the code of a capability from a prompt's words, made by `reader`; 0 where no word tells. */
export function createCapabilityReader(reader: WordReader): (prompt: Words) => number {
  const votes = new Map<number, number[]>();
  for (const [capability, words] of WORDS) {
    for (const word of words) {
      const hash = reader.hashOf(word);
      votes.set(hash, [...(votes.get(hash) ?? []), CAPABILITIES.indexOf(capability)]);
    }
  }
  const voting = createWordTable(votes);
  const counts = new Uint8Array(CAPABILITIES.length);
  return ({ start }) => {
    counts.fill(0);
    const most = Math.min(start.length, WORDS_READ);
    for (let at = 0; at < most; at += 1) {
      const codes = voting.get(start[at] ?? 0);
      if (codes !== undefined) for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
    }
    let winner = 0;
    for (let code = 1; code < counts.length; code += 1) {
      if ((counts[code] ?? 0) > (counts[winner] ?? 0)) winner = code;
    }
    return winner;
  };
}
