export interface ApiCall {
  method: string;
  args: Record<string, unknown>;
  at: number;
  /** The answer, or null while there is none. */
  answer: Record<string, unknown> | null;
  /** All that the call does is done, also where a fault hides it from the app. */
  settled: boolean;
}

/** What went between app and sandbox, for tests to read. */
export class CallLog {
  readonly api: ApiCall[] = [];
  /** Why the sandbox did not take what the app answered to an interaction. */
  readonly complaints: string[] = [];

  complain(about: string, problems: string[]): void {
    this.complaints.push(`${about}: ${problems.join('; ')}`);
  }
}
