/** What the page keeps in the browser between visits. */
export type Remembered = 'user' | 'theme' | 'history' | `read.${string}`;

const key = (name: Remembered) => `sandbox.${name}`;

/** A remembered JSON value; the fallback where there is none or storage is refused. */
export function recall<T>(name: Remembered, fallback: T): T {
  try {
    const stored = localStorage.getItem(key(name));
    return stored === null ? fallback : (JSON.parse(stored) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a JSON value; without storage it lasts only as long as the page. */
export function remember(name: Remembered, value: unknown): void {
  try {
    localStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // A full or forbidden storage is no reason to stop.
  }
}
