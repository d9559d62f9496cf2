import { emptyValue, valueKey } from '../../state/element-value.ts';
import { readString } from '../../text/read-json.ts';
import { type Json, type Spot, spotKey, useSurface } from '../blocks/surface.tsx';

export interface ElementValue {
  value: unknown;
  busy: boolean;
  /** Keeps the value without telling the app, as inputs do. */
  keep: (value: unknown) => void;
  /** Keeps the value, and tells the app where the element stands outside of an input or its input dispatches. */
  choose: (value: unknown) => void;
  /** Tells the app what is there, as an input that dispatches does on Enter. */
  tell: () => void;
}

/** An element's value on its surface, in Slack's shape. `tells` is whether a change goes to the app at once. */
export function useValue(spot: Spot, tells: boolean): ElementValue {
  const { values, busy, fill, act } = useSurface();
  const { blockId, element } = spot;
  const key = valueKey(element) ?? 'value';
  const held: Json = values[blockId]?.[readString(element['action_id'])] ?? emptyValue(element) ?? {};
  const send = async (next: Json) => {
    const { type: _, ...outcome } = next;
    if (!(await act(spot, outcome, next))) fill(spot, held);
  };
  return {
    value: held[key] ?? null,
    busy: busy === spotKey(spot),
    keep: (value) => fill(spot, { ...held, [key]: value }),
    choose: (value) => {
      const next = { ...held, [key]: value };
      fill(spot, next);
      if (tells) void send(next);
    },
    tell: () => void send(held),
  };
}
