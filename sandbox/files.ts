import type { SlackFile } from './page-api.ts';

interface Upload {
  file: SlackFile;
  bytes?: Buffer;
  complete: boolean;
}

/** Uploaded files, kept in memory. */
export class Files {
  readonly #uploads = new Map<string, Upload>();
  readonly #id: (prefix: string) => string;

  constructor(id: (prefix: string) => string) {
    this.#id = id;
  }

  /** Announces a file of `size` bytes; its bytes come later. */
  announce(name: string, size: number): SlackFile {
    const id = this.#id('F');
    const file = {
      id,
      name,
      title: name,
      mimetype: mimeOf(name),
      size,
      url_private: `/files/${id}/${encodeURIComponent(name)}`,
    };
    this.#uploads.set(id, { file, complete: false });
    return file;
  }

  /** Takes the bytes; false when nobody announced them or the length is another. */
  receive(id: string, bytes: Buffer): boolean {
    const upload = this.#uploads.get(id);
    if (!upload || upload.bytes || upload.file.size !== bytes.length) return false;
    upload.bytes = bytes;
    return true;
  }

  /** Publishes a file; undefined when it was never uploaded or is published already. */
  complete(id: string, title: string | undefined): SlackFile | undefined {
    const upload = this.#uploads.get(id);
    if (!upload?.bytes || upload.complete) return undefined;
    upload.complete = true;
    upload.file.title = title ?? upload.file.title;
    return { ...upload.file };
  }

  read(id: string): { file: SlackFile; bytes: Buffer } | undefined {
    const upload = this.#uploads.get(id);
    return upload?.bytes && upload.complete ? { file: upload.file, bytes: upload.bytes } : undefined;
  }
}

const types: Record<string, string> = {
  csv: 'text/csv',
  gz: 'application/gzip',
  json: 'application/json',
  md: 'text/markdown',
  ndjson: 'application/x-ndjson',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  zip: 'application/zip',
};

function mimeOf(name: string): string {
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
