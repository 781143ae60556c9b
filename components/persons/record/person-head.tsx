import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';

type Props = {
  name: string | null;
  /** What stands for a name where there is none. */
  noName: string;
  /** What tells the person apart, and when they last wrote. */
  facts: ReactNode;
  /** What keeps them from being answered, and where. */
  badges?: ReactNode;
  actions?: ReactNode;
};

/** The head of a record: who it is, what tells them apart, and their state. The list draws it too, from its row, until the page is there. */
export function PersonHead({ name, noName, facts, badges, actions }: Props) {
  return (
    <header className="flex flex-wrap items-start gap-x-3 gap-y-2 pb-4">
      <Avatar name={name} />
      <div className="min-w-0 flex-1 basis-60">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h1 className="min-w-0">
            {name ? <bdi>{name}</bdi> : <span className="font-normal text-muted italic">{noName}</span>}
          </h1>
          <p className="flex min-w-0 flex-wrap gap-x-2 text-sm text-muted">{facts}</p>
        </div>
        {badges ? <div className="mt-1 flex min-h-5 flex-wrap items-center gap-x-3 gap-y-1">{badges}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
