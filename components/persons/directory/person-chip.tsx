import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { AddressText } from './address-text.tsx';

type Props = {
  name: string | null;
  /** What stands for a name where there is none. */
  noName: string;
  /** What tells this person from others of the name: a phone, an email, a handle. */
  fact: string;
  /** More below them, or nothing. */
  children?: ReactNode;
};

/** A person wherever one is named: initials, the name in its own writing direction, and what tells it apart. */
export function PersonChip({ name, noName, fact, children }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={name} />
      <span className="min-w-0">
        <PersonName name={name} noName={noName} />
        <span className="block text-sm break-words text-muted">
          <AddressText text={fact} />
        </span>
        {children}
      </span>
    </span>
  );
}

/** A name in its own writing direction, whole. */
export function PersonName({ name, noName }: Pick<Props, 'name' | 'noName'>) {
  return (
    <span className="block font-medium break-words">
      {name === null ? <span className="font-normal text-muted italic">{noName}</span> : <bdi>{name}</bdi>}
    </span>
  );
}
