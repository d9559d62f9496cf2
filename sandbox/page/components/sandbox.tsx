import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Outcome, Person, Workspace } from '../../page-api.ts';
import type { Loader } from '../state/loader.ts';
import type { Change, State } from '../state/reduce.ts';
import type { Place } from '../state/place.ts';
import type { ReadMarks } from '../state/unread.ts';

/** What every part of the page may know and do. */
export interface Sandbox {
  state: State;
  workspace: Workspace;
  /** The person whom one acts as. */
  me: Person;
  read: ReadMarks;
  markRead: (channel: string, ts: string) => void;
  go: (place: Place) => void;
  dispatch: (change: Change) => void;
  load: Loader['load'];
  /** Waits for an answer of the app, shows that it works, and tells of a failure in a notice. */
  ask: (request: Promise<Outcome>) => Promise<Outcome>;
}

export const SandboxContext = createContext<Sandbox | null>(null);

/** The page's state and steps; throws outside the page. */
export function useSandbox(): Sandbox {
  const sandbox = useContext(SandboxContext);
  if (!sandbox) throw new Error('useSandbox outside of the page');
  return sandbox;
}
