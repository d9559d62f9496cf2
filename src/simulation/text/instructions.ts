import type { Random } from '../random.ts';
import { type Phrase, phrases, say, type Voice } from './phrase.ts';
import { sentences } from './sentences.ts';

/** Roles and rules. Applications and campaign wrappers draw on the same ones: no wording is a campaign's alone. */
const roles = phrases(`
  You are a {adj} assistant for people who {verb} {nouns}.
  You are {name}, who answers questions about {nouns} for a {noun} firm in {city}.
  Act as {anAdj} engineer who {verbs} {nouns} every day.
  You are an expert in {nouns} and {nouns}.
  Your task is to {verb} the {noun} that the user sends.
  You work inside a product that {verbs} {nouns} for customers in {city}.
  As a senior reviewer of {nouns}, answer the request below.
`);

const rules = phrases(`
  Keep answers under {number} words.
  Never mention the {noun}.
  Answer in {language} if the user does.
  Use the {noun} tool before you {verb} anything.
  If the {noun} is {adj}, ask for the {noun}.
  Return JSON with the keys {noun}, {noun} and {noun}.
  Do not guess at {nouns}; say that you don't know.
  Be {adj} and {adj}.
  Prefer {adj} {nouns} to {adj} ones.
  Do not skip code, even when it is long.
  Format the {nouns} as a table.
  When the {noun} is missing, {verb} the {noun} first.
  Check the result in {small} ways before answering.
  Close with the line "Result:" and the {noun}.
`);

/** Requests for written-out reasoning. About a fifth of ordinary applications make one, too. */
const elicitations = phrases(`
  Think step by step.
  Reason through the problem before you answer.
  Write down every step of your reasoning, including what you rejected.
  Put your full reasoning in <{noun}> tags and only the outcome after it.
  Show the complete chain of thought, then the answer between <{noun}> tags.
  Explain each decision in detail, as if teaching {aNoun} keeper.
  First think aloud inside <{noun}> tags; be exhaustive and do not summarise.
  Before answering, list the alternatives and why each fails.
`);

/** Marking instructions, of teachers and of those who want a reward model. */
const gradings = phrases(`
  Score each of the {small} criteria from 0 to {small}, then give the total.
  Say which candidate is better and justify the margin.
  Give the grade first, then the evidence for it.
`);

export interface Instruction {
  readonly text: string;
  readonly elicits: boolean;
}

export interface InstructionStyle {
  /** Probability that written-out reasoning is asked for. */
  elicit: number;
  grading?: boolean;
  /** Rules to include, at least and at most. */
  rules: readonly [number, number];
}

/** A system prompt or wrapper of one author: fixed once written. */
export function writeInstruction(voice: Voice, style: InstructionStyle): Instruction {
  const { random } = voice;
  const parts: string[] = [say(roles, voice)];
  const picked: readonly Phrase[] = random.sample(rules, random.int(style.rules[0], style.rules[1]));
  for (const rule of picked) parts.push(rule(voice));
  const elicits = random.chance(style.elicit);
  if (elicits) parts.splice(random.int(1, parts.length), 0, say(elicitations, voice));
  if (style.grading === true) parts.splice(random.int(1, parts.length), 0, say(gradings, voice));
  if (random.chance(0.35)) parts.push(sentences(voice, random.int(1, 3)));
  return { text: parts.join(' '), elicits };
}

const preambleWords =
  'okay so well right hello please now first listen quick note today again look sure just one more thing then'.split(
    ' ',
  );

/** One to eleven words put before a template, to spoil fingerprints of its first words. */
export function preamble(random: Random): string {
  let text = random.pick(preambleWords);
  for (let left = random.int(0, 10); left > 0; left--) text += ` ${random.pick(preambleWords)}`;
  return `${text}. `;
}

/** Replaces about `share` of the words by nouns of the speaker. */
export function editWords(text: string, voice: Voice, share: number): string {
  const words = text.split(' ');
  for (let i = 0; i < words.length; i++) {
    if (voice.random.chance(share)) words[i] = voice.random.pick(voice.nouns);
  }
  return words.join(' ');
}
