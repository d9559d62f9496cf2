/** The same work, one after the other however often it is asked for at once; one that fails holds up no other. */
export function oneAtATime<Asked, Made>(work: (asked: Asked) => Promise<Made>): (asked: Asked) => Promise<Made> {
  let last: Promise<unknown> = Promise.resolve();
  return (asked) => {
    const made = last.then(() => work(asked));
    last = made.catch(() => {});
    return made;
  };
}
