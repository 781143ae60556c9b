import type { ComponentProps } from 'react';

/** A link to a file the console makes. As it is followed it is told whose page it stands on (`components/session/request/mark-requests.ts`). */
export function FileLink({ children, ...rest }: ComponentProps<'a'>) {
  return (
    <a {...rest} data-file>
      {children}
    </a>
  );
}
