import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import type { Route } from 'next';
import type { ReactNode } from 'react';

export type StateLine = { id: string; name: ReactNode; about: string; tone: Tone; state: string; href?: string };

/** Things of the server with the state of each. A long list scrolls by itself. */
export function StateList({ label, lines }: { label: string; lines: readonly StateLine[] }) {
  const rows = (
    <ul aria-label={label} className="divide-y">
      {lines.map(({ id, name, about, tone, state, href }) => (
        <li key={id} className="flex min-h-9 items-center gap-x-3 px-4 py-1">
          <span className="min-w-0 grow break-words">
            {href ? (
              <Link href={href as Route} className="font-medium underline-offset-2 hover:underline">
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <bdi className="font-medium">{name}</bdi>
            )}{' '}
            <span className="text-sm text-muted">{about}</span>
          </span>
          <span className="max-w-1/2 shrink-0">
            <Badge tone={tone}>{state}</Badge>
          </span>
        </li>
      ))}
    </ul>
  );
  if (lines.length <= 10) return rows;
  return (
    <div tabIndex={0} role="region" aria-label={label} className="max-h-96 overflow-y-auto">
      {rows}
    </div>
  );
}
