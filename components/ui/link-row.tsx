import { ArrowRight } from 'lucide-react';
import type { Route } from 'next';
import { Link } from './link.tsx';
import type { ReactNode } from 'react';

type Props = { href: string; icon: ReactNode; title: ReactNode; children?: ReactNode };

/** A line of a list that is one link: a title, details and an arrow. */
export function LinkRow({ href, icon, title, children }: Props) {
  return (
    <li>
      <Link href={href as Route} className="flex min-h-11 items-center gap-3 px-4 py-2 hover:bg-hover">
        <span className="shrink-0 [&>svg]:size-4">{icon}</span>
        <span className="min-w-0 grow">
          <b className="font-medium">{title}</b> <span className="text-sm text-muted">{children}</span>
        </span>
        <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
      </Link>
    </li>
  );
}
