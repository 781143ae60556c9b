'use client';

import NextLink, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A link to a page of the console; every one is this. It says that it is being followed (`a:has(> [data-going])` in app/styles/kit.css).
 * What it leads to is asked for when it is pressed (`components/shell/calls/ask-ahead.ts`), not when it comes into sight.
 */
function PageLink({ children, ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink prefetch={false} {...rest}>
      {children}
      <Going />
    </NextLink>
  );
}

function Going() {
  return useLinkStatus().pending ? <span data-going hidden /> : null;
}

// Next's own type knows which addresses there are.
export const Link = PageLink as typeof NextLink;
