import type { Random } from '../random.ts';
import {
  Adjectives,
  Adverbs,
  Cities,
  Gerunds,
  Languages,
  Months,
  PastVerbs,
  People,
  pluralOf,
  ThirdVerbs,
  Verbs,
} from './words.ts';

/** Who speaks: the dice, and the nouns this speaker knows. */
export interface Voice {
  readonly random: Random;
  readonly nouns: readonly string[];
}

export type Phrase = (voice: Voice) => string;

const article = (word: string): string => ('aeiou'.includes(word.charAt(0)) ? `an ${word}` : `a ${word}`);
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const noun = ({ random, nouns }: Voice): string => random.pick(nouns);
const verb = ({ random }: Voice): string => random.pick(Verbs);
const adjective = ({ random }: Voice): string => random.pick(Adjectives);

/** Numbers are log-uniform, as people's are: a small one is likelier than a large one. */
const number = ({ random }: Voice): string => String(Math.floor(10 ** random.between(0.4, 3.6)));

const slots: Record<string, Phrase> = {
  noun,
  verb,
  number,
  adj: adjective,
  nouns: (v) => pluralOf(noun(v)),
  Nouns: (v) => capital(pluralOf(noun(v))),
  Noun: (v) => capital(noun(v)),
  Verb: (v) => capital(verb(v)),
  verbs: (v) => v.random.pick(ThirdVerbs),
  verbed: (v) => v.random.pick(PastVerbs),
  verbing: (v) => v.random.pick(Gerunds),
  Verbing: (v) => capital(v.random.pick(Gerunds)),
  aNoun: (v) => article(noun(v)),
  anAdj: (v) => article(adjective(v)),
  adv: (v) => v.random.pick(Adverbs),
  name: (v) => v.random.pick(People),
  city: (v) => v.random.pick(Cities),
  month: (v) => v.random.pick(Months),
  day: (v) => String(v.random.int(1, 28)),
  language: (v) => v.random.pick(Languages),
  small: (v) => String(v.random.int(2, 12)),
  percent: (v) => `${v.random.int(3, 97)}%`,
  money: (v) => `${v.random.int(4, 980)}.${v.random.int(10, 99)}`,
  camel: (v) => verb(v) + capital(noun(v)),
  snake: (v) => `${verb(v)}_${noun(v)}`,
  Camel: (v) => capital(adjective(v)) + capital(noun(v)),
};

/** Compiles `The {adj} {noun} {verbed}.` once; saying it is then picks and joins only. Throws on an unknown slot. */
export function phrase(template: string): Phrase {
  const parts = template.split(/\{(\w+)\}/);
  const literals = parts.filter((_, i) => i % 2 === 0);
  const fillers = parts
    .filter((_, i) => i % 2 === 1)
    .map((name) => {
      const slot = slots[name];
      if (!slot) throw new Error(`unknown slot {${name}} in "${template}"`);
      return slot;
    });
  return (voice) => {
    let text = literals[0] ?? '';
    for (let i = 0; i < fillers.length; i++) text += (fillers[i]?.(voice) ?? '') + (literals[i + 1] ?? '');
    return text;
  };
}

export const phrases = (templates: string): readonly Phrase[] =>
  templates
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => phrase(line));

export const say = (options: readonly Phrase[], voice: Voice): string => voice.random.pick(options)(voice);
