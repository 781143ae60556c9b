import type { ComponentProps } from 'react';

/** A link to a file of the console. The page's mark is added when it is followed (`components/session/request/mark-requests.ts`). */
export function FileLink({ children, ...rest }: ComponentProps<'a'>) {
  return (
    <a {...rest} data-file>
      {children}
    </a>
  );
}
