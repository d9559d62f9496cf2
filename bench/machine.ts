import os from 'node:os';

/** What a figure was measured on, in a line. */
export function machine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${memory} GiB; Node.js ${process.versions.node}`;
}
