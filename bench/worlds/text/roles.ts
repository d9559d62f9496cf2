import type { Random } from '../random.ts';
import { fill } from './prose.ts';

const ROLES = [
  'You are {name}, the {adj} {noun} assistant of {firm}.',
  'You are an experienced {noun} engineer who has worked with {nouns} for years.',
  'This assistant is part of the {firm} {noun} app.',
  'You help the customers of {firm} with their {nouns}.',
  'Your task is to {verb} {nouns} for {firm}.',
  'Act as a careful {noun} specialist.',
  'Below is a task from a real {noun} project.',
  'The user sends a {noun} and you {verb} it.',
  'Treat each request as complete in itself.',
];

export function writeRole(random: Random): string {
  return fill(random, random.pick(ROLES));
}

/** System prompts that very many people use without knowing of each other. */
export const PUBLIC_PROMPTS = [
  'You are a helpful assistant.',
  'You are a helpful AI assistant.',
  'You are an expert programmer.',
  'You are a large language model. Answer as helpfully as you can.',
  'Answer the question using only the context below.',
  'You are a professional translator.',
  'Summarize the text in three sentences.',
  'Be concise.',
];
