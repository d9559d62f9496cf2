/** One thing that is wrong with the environment. Never holds a value: it may be a secret. */
export interface ConfigProblem {
  /** The variable, or several where any of them would mend it. */
  variable: string;
  /** What is wrong and what to set, in one sentence. */
  what: string;
}

/** The configuration cannot be worked with; every problem at once. The program ends with status 2. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      `the configuration needs mending:\n${problems.map(({ variable, what }) => `  ${variable}: ${what}`).join('\n')}`,
    );
    this.problems = problems;
  }
}
