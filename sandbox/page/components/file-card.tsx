import type { SlackFile } from '../../page-api.ts';
import { Icon } from './icon.tsx';

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, by] = bytes < 1_000_000 ? ['kB', 1000] : ['MB', 1_000_000];
  return `${(bytes / by).toFixed(1)} ${unit}`;
}

/** A file of a message, to download from this server. */
export function FileCard({ file }: { file: SlackFile }) {
  const url = URL.canParse(file.url_private, location.href) ? new URL(file.url_private, location.href) : null;
  const label = file.title || file.name;
  const detail = `${file.name} · ${sizeOf(file.size)}`;
  const inside = (
    <>
      <Icon name="file" size={22} />
      <span>
        {label}
        <small>{detail}</small>
      </span>
    </>
  );
  if (url?.origin !== location.origin) return <div class="file">{inside}</div>;
  return (
    <a class="file" href={url.href} download={file.name}>
      {inside}
    </a>
  );
}
