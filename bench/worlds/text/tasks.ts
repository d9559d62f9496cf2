import type { Topic } from '../kinds.ts';
import type { Random } from '../random.ts';
import { codeBlock, fill, sentence, sentences } from './prose.ts';

const TASKS: Record<Topic, readonly string[]> = {
  coding: [
    'Write a function in {tech} that can {verb} {n} {nouns} without a second {noun}.',
    'The {tech} job fails whenever the {noun} is {adj}; find out why.',
    'Port the {noun} module from {tech} to {tech} and keep it {adj}.',
    'Add tests for {verb}{noun} in {tech}, {n} cases at least.',
    'Make this {tech} query on {nouns} faster: it needs {big} ms for each {noun}.',
    'Explain this stack trace: {noun}Error at {noun}.{verb} line {big}.',
    'Rewrite the {noun} parser so that a {adj} {noun} no longer breaks it.',
    'Review my change: {verb}{noun} now returns a {noun} for every {noun}.',
  ],
  agent: [
    'You have the tools search, read_file and run. {verb} every {adj} {noun} in the repository.',
    'Plan the steps by which an agent would {verb} the {noun} and then carry them out.',
    'The last tool call returned {n} {nouns}. Decide what to do next to {verb} the {noun}.',
    'Use the browser tool to find {n} {nouns} in {city} and {verb} the cheapest.',
    'Write the sequence of tool calls that would {verb} the {noun} service in {city}.',
    'Fix the failing build of the {noun} package: {verb} first, then {verb}.',
    'Break the goal "{verb} the {noun} before {month}" into sub-tasks for {n} workers.',
  ],
  math: [
    '{name} has {big} {nouns} and gives {n} to {name}. How many are left after {n} days?',
    'A {noun} leaves {city} at {n} km/h and another leaves {city} {n} hours later. When do they meet?',
    'What is the expected number of {adj} {nouns} among {n} when each is {adj} with probability 1/{n}?',
    'Show that no {adj} {noun} of order {n} has {big} divisors.',
    'If {n} {nouns} {verb} {big} {nouns} in {n} hours, how long do {n} need?',
  ],
  logic: [
    'Five {nouns} stand in a row; the {adj} one is not next to the {noun}. Which is in the middle?',
    'Does "each {noun} is {adj}" follow from "some {nouns} {verb} a {noun}"? Decide and defend it.',
    'Find the flaw: every {noun} in {city} is {adj}, therefore {name} can {verb} it.',
    'Which of the {n} {nouns} breaks the rule that each {noun} needs a {adj} {noun}?',
  ],
  extraction: [
    'Text: {fact} {fact} {fact}\nList every {noun} with its date.',
    'Invoice {big}: {fact} {fact}\nReturn the sums as JSON.',
    'Minutes of the {noun} meeting: {fact} {fact} {fact} {fact}',
    'Ticket from {name}: {fact} {fact}',
  ],
  support: [
    'My {noun} arrived {adj}. Can I return it?',
    'How do I {verb} the {noun} in the app?',
    'I was charged {big} twice for one {noun}, please help',
    'Hello, where is my {noun}? I ordered it in {month}.',
    'The {noun} says it is {adj} and will not {verb}.',
  ],
  chat: [
    'What should I cook with a {adj} {noun}?',
    'Tell me something about {city}.',
    'Is it better to {verb} or to {verb} a {noun}?',
    'Draft a short reply to {name}: {fact}',
    'And what about the {noun}?',
    'Suggest {n} names for a {noun} shop.',
  ],
  translation: [
    'Translate to German: {fact}',
    'Translate to Spanish: {fact} {fact}',
    'How do you say "{adj} {noun}" in Dutch?',
  ],
  writing: [
    'Write a poem about a {adj} {noun} in {city}.',
    'Draft a blog post on {nouns} for {firm}.',
    'Continue the story: {fact} {fact}',
    'Give me {n} slogans for a {adj} {noun}.',
  ],
  tutoring: [
    'Explain to a pupil why a {noun} is {adj}.',
    'Exercise {n}: {fact} Show how to start.',
    'Quiz me on {nouns}, {n} questions.',
  ],
  answers: [
    'Who built the {noun} of {city}?',
    'What does "{adj} {noun}" mean in the trade?',
    'Context: {fact} {fact} {fact}\nQuestion: how many {nouns} were there?',
    'Why do {nouns} become {adj} in {month}?',
  ],
  grading: [
    'Answer A: {fact} {fact}\nAnswer B: {fact} {fact}\nWhich is better?',
    'Candidate: {fact} {fact}\nReference: {fact}',
    'Question: why is the {noun} {adj}?\nResponse: {fact} {fact} {fact}',
  ],
  data: [
    'Make {n} training questions about {nouns} with answers.',
    'Write {n} varied instructions that a {noun} engineer might give.',
    'Create a dialogue of {n} turns in which {name} must {verb} a {noun}.',
  ],
};

const AFTERTHOUGHTS = ['Keep it {adj}.', 'Mind that {name} cannot {verb} it.', 'Use {tech} where it helps.', '{fact}'];

/** A task of a topic, in the words of nobody in particular. */
export function writeTask(random: Random, topic: Topic): string {
  const parts = [fill(random, random.pick(TASKS[topic]))];
  while (random.chance(0.35) && parts.length < 4) parts.push(fill(random, random.pick(AFTERTHOUGHTS)));
  const text = parts.join(' ');
  if ((topic === 'coding' || topic === 'agent') && random.chance(0.3)) return `${text}\n\n${codeBlock(random)}`;
  return topic === 'extraction' ? `${text} ${sentences(random, random.int(1, 5))}` : text;
}

/** A line that asks for a certain form of answer, as many honest prompts do. */
export function writeManner(random: Random): string {
  return fill(random, random.pick(MANNERS));
}

const MANNERS = [
  'Keep answers under {big} words.',
  'Return only JSON with the keys {noun}_{noun}, {noun}_id and {noun}.',
  'Use short paragraphs and no emoji.',
  'Never mention {nouns} or {nouns}.',
  'If the {noun} is {adj}, say so.',
  'When in doubt, {verb} the {noun}.',
  'Do not ask questions back; assume what is likeliest.',
  'End with a line that begins with "Result:".',
  'Always {verb} the {noun} before you {verb} it.',
  'Hand over to a person when {name} is {adj}.',
  'Use only the {nouns} you are given.',
  'Structure the answer as Goal, Work, Check.',
];

/** Where a longer text is wanted to fill an application's context. */
export function writeBackground(random: Random): string {
  return `${sentence(random)} ${sentences(random, random.int(2, 7))}`;
}
