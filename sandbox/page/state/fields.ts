import type { InputState } from '../../page-api.ts';
import { readArray, readObject, readString } from '../text/read-json.ts';
import { emptyValue, valueProblem } from './element-value.ts';

type Json = Record<string, unknown>;

interface Field {
  blockId: string;
  actionId: string;
  element: Json;
  /** Of an `input` block: must be filled before a modal is sent. */
  required: boolean;
}

function name(element: unknown, id: string): Json {
  const named = readObject(element);
  return typeof named['action_id'] === 'string' ? named : { ...named, action_id: id };
}

/** Blocks with an id on each block and element, as Slack adds them where the app gave none. */
export function withIds(blocks: readonly Json[]): Json[] {
  return blocks.map((block, at) => ({
    ...block,
    block_id: readString(block['block_id']) || `block-${at}`,
    ...(block['type'] === 'actions'
      ? { elements: readArray(block['elements']).map((element, index) => name(element, `action-${at}-${index}`)) }
      : {}),
    ...(block['element'] ? { element: name(block['element'], `action-${at}`) } : {}),
    ...(block['accessory'] ? { accessory: name(block['accessory'], `action-${at}`) } : {}),
  }));
}

/** The elements that hold a value, in the order of the page. */
function fieldsOf(blocks: readonly Json[]): Field[] {
  return blocks.flatMap((block) => {
    const inside =
      block['type'] === 'actions' ? readArray(block['elements']) : [block['element'] ?? block['accessory']];
    return inside.map(readObject).flatMap((element): Field[] => {
      if (emptyValue(element) === null) return [];
      const ids = { blockId: readString(block['block_id']), actionId: readString(element['action_id']) };
      return [{ ...ids, element, required: block['type'] === 'input' && block['optional'] !== true }];
    });
  });
}

/** The state of a surface: what was filled in stays where the ids are the same; the rest takes its initial value. */
export function carryOver(blocks: readonly Json[], previous: InputState): InputState {
  const state: InputState = {};
  for (const { blockId, actionId, element } of fieldsOf(blocks)) {
    const known = previous[blockId]?.[actionId];
    const value = known?.['type'] === element['type'] ? known : emptyValue(element);
    state[blockId] = { ...state[blockId], [actionId]: value ?? {} };
  }
  return state;
}

/** What the client itself refuses before a modal is sent, by block id. */
export function problemsOf(blocks: readonly Json[], state: InputState): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { blockId, actionId, element, required } of fieldsOf(blocks)) {
    const problem = valueProblem(element, state[blockId]?.[actionId] ?? {}, required);
    if (problem !== null) problems[blockId] = problem;
  }
  return problems;
}
