import { elementsOf, fieldsOf, textOf } from './field.ts';

/** Roles whose messages instruct rather than ask. */
const INSTRUCTING: unknown[] = ['system', 'developer'];

/** What is fingerprinted of a conversation. */
export interface ChatTexts {
  system_instructions?: string | undefined;
  /** The newest user turn. */
  prompt?: string | undefined;
}

/**
 * The texts of a list of messages, in any of the forms that APIs and telemetry write: `content` as a string, `content`
 * as parts, or `parts`.
 */
export function textsOfMessages(value: unknown): ChatTexts {
  const messages = elementsOf(value).map((message) => fieldsOf(message) ?? {});
  const system = messages.filter(({ role }) => INSTRUCTING.includes(role)).map(messageText);
  const asked = messages.findLast((message) => message['role'] === 'user' && messageText(message) !== '');
  return {
    system_instructions: textOf(system.filter(Boolean).join('\n')),
    prompt: asked === undefined ? undefined : messageText(asked),
  };
}

/** The texts of a request's body as OpenAI, Anthropic and Google APIs take it. */
export function textsOfRequest(value: unknown): ChatTexts {
  const body = fieldsOf(value);
  if (body === undefined) return {};
  const { system_instructions: system, prompt } = textsOfMessages(
    body['messages'] ?? body['input'] ?? body['contents'],
  );
  return {
    system_instructions: textOf(partsText(body['system'] ?? body['instructions'])) ?? system,
    prompt: prompt ?? textOf(partsText(body['prompt'] ?? (typeof body['input'] === 'string' ? body['input'] : ''))),
  };
}

/** One text out of a string, a part, or a list of either; parts of other kinds (images, calls of tools) are left out. */
export function partsText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(partText).filter(Boolean).join('\n');
  return partText(value);
}

function messageText(message: Record<string, unknown>): string {
  return partsText(message['parts'] ?? message['content']);
}

function partText(value: unknown): string {
  if (typeof value === 'string') return value;
  const part = fieldsOf(value);
  if (part === undefined || !isText(part['type'])) return '';
  return textOf(part['text']) ?? textOf(part['content']) ?? '';
}

/** Google's parts have no type. */
function isText(type: unknown): boolean {
  return type === undefined || type === 'text' || type === 'input_text';
}
