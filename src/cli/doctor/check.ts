/** What one look at the set-up found; `says` is a sentence, for a failed check one with what to do. */
export interface Check {
  name: string;
  ok: boolean;
  says: string;
}

export function passed(name: string, says: string): Check {
  return { name, ok: true, says };
}

export function failed(name: string, says: string): Check {
  return { name, ok: false, says };
}

/** The message of whatever was thrown. */
export function messageOf(fault: unknown): string {
  if (fault instanceof AggregateError && fault.message === '') return messageOf(fault.errors[0]);
  return fault instanceof Error ? fault.message : String(fault);
}
