/** Ends a benchmark that was called wrongly, in words: what is wrong, and how it is called. Status 2. */
export function failWith(usage: string): (problem: string) => never {
  return (problem) => {
    process.stderr.write(`${problem}\n${usage}\n`);
    process.exit(2);
  };
}
