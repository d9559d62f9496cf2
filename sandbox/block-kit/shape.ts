/** Collects what is wrong with `value`, which stands at the JSON pointer `at`. */
export type Rule = (value: unknown, at: string, problems: string[]) => void;

export type Json = Record<string, unknown>;

/** True of a JSON object that is no array. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One complaint in the words of Slack's `response_metadata.messages`. */
export function problem(text: string, at: string): string {
  return `[ERROR] ${text} [json-pointer:${at}]`;
}

export const anything: Rule = () => {};

export const bool: Rule = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push(problem('must be a boolean', at));
};

/** A string of `min` (default 1) to `max` characters. */
export function string({ min = 1, max = Number.POSITIVE_INFINITY, pattern = /^/ }: StringLimits = {}): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string') problems.push(problem('must be a string', at));
    else if (value.length < min) problems.push(problem(`must be more than ${min - 1} characters`, at));
    else if (value.length > max) problems.push(problem(`must be less than ${max + 1} characters`, at));
    else if (!pattern.test(value)) problems.push(problem(`must match ${pattern.source}`, at));
  };
}

export interface StringLimits {
  min?: number;
  max?: number;
  pattern?: RegExp;
}

export function number({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, integer = false } = {}): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || (integer && !Number.isInteger(value))) {
      problems.push(problem(integer ? 'must be an integer' : 'must be a number', at));
    } else if (value < min || value > max) problems.push(problem(`must be between ${min} and ${max}`, at));
  };
}

export function choice(...allowed: string[]): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      problems.push(problem(`must be a valid enum value (${allowed.join(', ')})`, at));
    }
  };
}

export function list(item: Rule, { min = 1, max = Number.POSITIVE_INFINITY } = {}): Rule {
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push(problem('must be an array', at));
      return;
    }
    if (value.length < min) problems.push(problem(`no less than ${min} items allowed`, at));
    if (value.length > max) problems.push(problem(`no more than ${max} items allowed`, at));
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, problems);
  };
}

/** An object with exactly these fields (and `type`); `also` sees it when it has that form. */
export function object(required: Record<string, Rule>, optional: Record<string, Rule> = {}, ...also: Rule[]): Rule {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(problem('must be an object', at));
      return;
    }
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) problems.push(problem(`missing required field: ${name}`, at));
    }
    for (const [name, field] of Object.entries(value)) {
      const rule = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : null;
      if (rule) {
        if (field !== undefined) rule(field, `${at}/${name}`, problems);
      } else if (name !== 'type') problems.push(problem(`invalid additional property: ${name}`, at));
    }
    for (const rule of also) rule(value, at, problems);
  };
}

/** An object whose `type` picks its rule. */
export function byType(rules: Record<string, Rule>, what: string): Rule {
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push(problem('must be an object', at));
      return;
    }
    const { type } = value;
    if (typeof type !== 'string') {
      problems.push(problem('missing required field: type', at));
      return;
    }
    const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
    if (rule) rule(value, at, problems);
    else problems.push(problem(`unsupported ${what} type: ${type}`, `${at}/type`));
  };
}

/** At least one, or with `exactly` just one, of these fields. */
export function oneOfFields(names: string[], { exactly = false } = {}): Rule {
  return (value, at, problems) => {
    const present = names.filter((name) => isObject(value) && value[name] !== undefined).length;
    if (present === 0) problems.push(problem(`missing required field: ${names.join(' or ')}`, at));
    if (exactly && present > 1) problems.push(problem(`only one of ${names.join(', ')} is allowed`, at));
  };
}
