import { z } from 'zod';

/** ICD 203's words of estimative probability, with the ranges that they stand for, in percent. */
const PROBABILITY_WORDS = {
  'almost no chance': [1, 5],
  remote: [1, 5],
  'very unlikely': [5, 20],
  'highly improbable': [5, 20],
  unlikely: [20, 45],
  improbable: [20, 45],
  'roughly even chance': [45, 55],
  'roughly even odds': [45, 55],
  likely: [55, 80],
  probable: [55, 80],
  'very likely': [80, 95],
  'highly probable': [80, 95],
  'almost certain': [95, 99],
  'almost certainly': [95, 99],
  'nearly certain': [95, 99],
} as const;

type ProbabilityWord = keyof typeof PROBABILITY_WORDS;
const WORDS = Object.keys(PROBABILITY_WORDS) as [ProbabilityWord, ...ProbabilityWord[]];

const Line = z.string().trim().min(3).max(2_000);

/** What a person states of who is behind a campaign. Retort never makes one. */
const Attribution = z.strictObject({
  /** One sentence: who, in the person's words. */
  statement: Line,
  likelihood: z.enum(WORDS, `must be one of ICD 203's words: ${WORDS.join(', ')}`),
  /** In the judgement itself: how good its sources are. */
  confidence: z.enum(['low', 'moderate', 'high']),
  stated_by: Line,
  stated_at: z.iso.datetime({ offset: true }),
  /** What it rests on, inside this dossier or outside of it. */
  evidence: z.array(Line).min(1, 'must name what it rests on').max(50),
  /** What would speak against it. */
  alternatives: z.array(Line).max(50).default([]),
});
type Stated = z.output<typeof Attribution>;

/** A statement with its word's range written out. */
export type Attribution = Stated & { likelihood_percent: readonly [from: number, to: number]; standard: 'ICD 203' };

/** Reads a person's statement; what is wrong is said for a person. */
export function readAttribution(text: string): { ok: true; attribution: Attribution } | { ok: false; problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'it is no JSON' };
  }
  // What a dossier wrote out itself may be handed in again.
  const { likelihood_percent: _, standard: __, ...stated } = Object(value) as Record<string, unknown>;
  const read = Attribution.safeParse(stated);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { ok: false, problem: `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'does not fit'}`.trim() };
  }
  const range = PROBABILITY_WORDS[read.data.likelihood];
  return { ok: true, attribution: { ...read.data, likelihood_percent: range, standard: 'ICD 203' } };
}
