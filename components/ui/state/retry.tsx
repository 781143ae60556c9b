'use client';

import { useRouter } from 'next/navigation';
import { useRef, useLayoutEffect, useTransition } from 'react';
import { buttonClass } from '#components/ui/button.tsx';

type Props = { href: string; label: string; busyLabel: string };

/** Refreshes the page and keeps what was typed on it. Until the page is hydrated it is a link to the same page. */
export function Retry({ href, label, busyLabel }: Props) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const link = useRef<HTMLAnchorElement>(null);
  useLayoutEffect(() => {
    const element = link.current;
    return () => {
      if (element && document.activeElement === element)
        queueMicrotask(() => document.getElementById('main')?.focus({ preventScroll: true }));
    };
  }, []);
  return (
    <a
      ref={link}
      href={href}
      aria-busy={busy}
      className={buttonClass({})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        if (!busy) start(() => router.refresh());
      }}
    >
      {busy ? busyLabel : label}
    </a>
  );
}
