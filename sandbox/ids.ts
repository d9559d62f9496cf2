/** Makes ids such as `V00000001A`; each call of the result gives another. */
export function idSource(): (prefix: string) => string {
  let count = 0;
  return (prefix) => `${prefix}${(++count).toString(36).toUpperCase().padStart(9, '0')}`;
}

/** Makes Slack's message times, `seconds.micros`: never the same twice, never backwards. */
export function timestampSource(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(Math.floor(now()) * 1000, last + 1);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}
