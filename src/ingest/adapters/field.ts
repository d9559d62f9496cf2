/** Reads of values that may be anything: each gives undefined for what is not of its kind. */

export type Fields = Record<string, unknown>;

/** An object that is no array. */
export function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The elements of an array; none for anything else. */
export function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The same, also of a string of JSON: exports write nested objects as either. What is in such a string may nest as deep
 * as it likes, so nothing may walk it to its end.
 */
export function fieldsOf(value: unknown): Fields | undefined {
  return objectOf(parsed(value));
}

export function elementsOf(value: unknown): unknown[] {
  return arrayOf(parsed(value));
}

/** A string that is not empty: gateways write '' for what they do not know. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, or a string of digits, as OTLP writes 64-bit integers. What is neither stays for the schema to refuse. */
export function countOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : (value ?? undefined);
}

/** The first of these that is a string and not empty. */
export function firstText(...values: unknown[]): string | undefined {
  return values.map(textOf).find((text) => text !== undefined);
}

/** Follows names inwards, through objects and strings of JSON. */
export function at(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((inner, name) => fieldsOf(inner)?.[name], value);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
