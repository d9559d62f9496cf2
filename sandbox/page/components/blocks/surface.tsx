import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import type { Container, InputState } from '../../../page-api.ts';
import { api } from '../../state/api.ts';
import { carryOver, withIds } from '../../state/fields.ts';
import { readObject, readString } from '../../text/read-json.ts';
import { ConfirmDialog } from '../confirm-dialog.tsx';
import { useSandbox } from '../sandbox.tsx';

export type Json = Record<string, unknown>;

/** Something that can be pressed or filled in, and where it stands. */
export interface Spot {
  blockId: string;
  element: Json;
}

/** What the blocks of one message or view share. */
export interface Surface {
  container: Container;
  blocks: Json[];
  values: InputState;
  /** By block id. */
  errors: Record<string, string>;
  /** `block/action` of what the app is answering. */
  busy: string | null;
  /** Sends an action, after its confirmation, with the value it leaves; false where the person thought better of it. */
  act: (spot: Spot, outcome: Json, value?: Json) => Promise<boolean>;
  /** Keeps an element's value. */
  fill: (spot: Spot, value: Json) => void;
}

const SurfaceContext = createContext<Surface | null>(null);

/** The surface around a block; throws outside of one. */
export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('useSurface outside of a surface');
  return surface;
}

export const spotKey = ({ blockId, element }: Spot) => `${blockId}/${readString(element['action_id'])}`;

interface SurfaceProps {
  container: Container;
  blocks: readonly Json[];
  errors?: Record<string, string>;
  onValues?: (values: InputState) => void;
  children: (blocks: Json[]) => ComponentChildren;
}

const NO_ERRORS = {};

/** Holds what a person fills in on one message or view, and sends what they press. */
export function SurfaceProvider({ container, blocks: given, errors = NO_ERRORS, onValues, children }: SurfaceProps) {
  const { me, ask } = useSandbox();
  const [touched, setTouched] = useState<InputState>({});
  const [busy, setBusy] = useState<string | null>(null);
  const [question, setQuestion] = useState<{ confirm: Json; answer: (yes: boolean) => void } | null>(null);
  const blocks = useMemo(() => withIds(given), [given]);
  const values = useMemo(() => carryOver(blocks, touched), [blocks, touched]);

  const fill = ({ blockId, element }: Spot, value: Json) => {
    const next = { ...values, [blockId]: { ...values[blockId], [readString(element['action_id'])]: value } };
    setTouched(next);
    onValues?.(carryOver(blocks, next));
  };
  const confirmed = (confirm: Json) =>
    new Promise<boolean>((resolve) => {
      const answer = (yes: boolean) => {
        setQuestion(null);
        resolve(yes);
      };
      setQuestion({ confirm, answer });
    });
  const act = async (spot: Spot, outcome: Json, value?: Json) => {
    const { blockId, element } = spot;
    if (element['confirm'] && !(await confirmed(readObject(element['confirm'])))) return false;
    const action_id = readString(element['action_id']);
    const stamp = { action_ts: (Date.now() / 1000).toFixed(6) };
    const action = { type: readString(element['type']), action_id, block_id: blockId, ...outcome, ...stamp };
    // The value that was just picked is part of the state that goes along.
    const state = value ? { ...values, [blockId]: { ...values[blockId], [action_id]: value } } : values;
    setBusy(spotKey(spot));
    await ask(api.act({ user: me.id, container, action, state }));
    setBusy(null);
    return true;
  };
  return (
    <SurfaceContext.Provider value={{ container, blocks, values, errors, busy, act, fill }}>
      {children(blocks)}
      {question && <ConfirmDialog confirm={question.confirm} onAnswer={question.answer} />}
    </SurfaceContext.Provider>
  );
}
