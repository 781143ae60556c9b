'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { createContext, use, useCallback, useOptimistic, useTransition, type ReactNode } from 'react';
import { SkeletonCard } from '#components/ui/state/skeleton.tsx';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { PersonHead } from '#components/persons/record/person-head.tsx';

const Open = createContext<((row: PersonRow) => void) | null>(null);

/** Opens a record from its row, with its head at once; null where the page around can't. */
export function useOpenRecord(): ((row: PersonRow) => void) | null {
  return use(Open);
}

type Texts = { noName: string; back: string; loading: string; left: string[]; right: string[] };

/** Shows the head of a record as its row has it, from the click until the page is there, in place of the page that is left. */
export function RecordOpening({ texts, children }: { texts: Texts; children: ReactNode }) {
  const router = useRouter();
  const [, start] = useTransition();
  const [row, setRow] = useOptimistic<PersonRow | null>(null);
  const open = useCallback(
    (next: PersonRow) =>
      start(() => {
        setRow(next);
        router.push(`/persons/${next.id}` as Route);
      }),
    [router, setRow],
  );
  return (
    <Open value={open}>
      {row ? <Opening row={row} texts={texts} /> : null}
      <div className={row ? 'hidden' : 'contents'}>{children}</div>
    </Open>
  );
}

function Opening({ row, texts }: { row: PersonRow; texts: Texts }) {
  const part = (title: string) => <SkeletonCard key={title} plain title={title} label={texts.loading} />;
  return (
    <div aria-busy>
      <p className="mb-1 min-h-8 text-sm leading-8 text-muted">{texts.back}</p>
      <PersonHead
        name={row.name}
        noName={texts.noName}
        facts={<bdi>{row.phone ? (row.phone.text ?? row.phone.stored) : row.email}</bdi>}
      />
      <div className="grid max-w-[1120px] grid-cols-[minmax(0,1fr)] items-start gap-x-6 gap-y-4 border-t pt-3 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid gap-4">{texts.left.map(part)}</div>
        <div className="grid gap-4">{texts.right.map(part)}</div>
      </div>
    </div>
  );
}
