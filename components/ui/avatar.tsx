import { UserRound } from 'lucide-react';
import { visibleName } from '#lib/text/visible.ts';

/** Initials stand for pictures: remote images are not loaded (they tell their host who is looking). */
export function Avatar({ name, large = false }: { name: string | null; large?: boolean }) {
  const letters = initials(name);
  return (
    <span
      aria-hidden
      className={`inline-flex shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent-text ${large ? 'size-12 text-lg' : 'size-7 text-xs'}`}
    >
      {letters || <UserRound className={large ? 'size-6' : 'size-4'} />}
    </span>
  );
}

function initials(name: string | null): string {
  const words = (visibleName(name) ?? '').normalize('NFC').match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];
  const first = words.at(0);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word ? ([...word][0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}
