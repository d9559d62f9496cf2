import { SlackError } from '../slack-error.ts';

/** A call's arguments: strings from a form, or values from a JSON body. */
export class Arguments {
  readonly values: Record<string, unknown>;

  constructor(values: Record<string, unknown>) {
    this.values = values;
  }

  /** Undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.values[name];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** Throws `invalid_arguments` when absent. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw SlackError.because('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
    }
    return value;
  }

  flag(name: string): boolean {
    return [true, 'true', '1', 1].includes(this.values[name] as string);
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw SlackError.because('invalid_arguments', [`[ERROR] must be a number [json-pointer:/${name}]`]);
  }

  /** A JSON value, or JSON inside a form field; `error` when it does not parse. */
  json(name: string, error: string): unknown {
    const value = this.values[name];
    if (typeof value !== 'string') return value;
    if (value === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      throw new SlackError(error);
    }
  }
}
