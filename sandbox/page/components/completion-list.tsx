import { useEffect } from 'preact/hooks';
import type { Completion } from '../state/complete.ts';

interface CompletionListProps {
  id: string;
  choices: Completion[];
  active: number;
  onTake: (choice: Completion) => void;
}

/** What could come next in a draft, above the field. */
export function CompletionList({ id, choices, active, onTake }: CompletionListProps) {
  useEffect(() => document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <ul id={id} class="completions" role="listbox" aria-label="Suggestions">
      {choices.map((choice, at) => (
        <li
          key={choice.label}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(choice);
          }}
        >
          <strong>{choice.label}</strong> <span>{choice.detail}</span>
        </li>
      ))}
    </ul>
  );
}
