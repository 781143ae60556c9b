import { ArrowLeft } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';

/** The way back to a key's page. */
export function BackToKey({ id, name }: { id: string; name: string }) {
  return (
    <Link
      href={`/keys/${id}`}
      className="mb-3 inline-flex min-h-8 items-center gap-1 text-sm text-muted hover:text-text"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {name}
    </Link>
  );
}
