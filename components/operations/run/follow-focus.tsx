'use client';

import { useEffect, useRef, type ReactNode } from 'react';

type Props = { stage: string; label?: string; className?: string; children: ReactNode };

/**
 * Takes the focus to what a change has come to (`data-outcome`, else the whole) when what had it in here is gone. Whoever is
 * elsewhere on the page is left in peace.
 */
export function FollowFocus({ stage, label, className = '', children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      inside.current = target instanceof Node && (box.current?.contains(target) ?? false);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!inside.current || !lost) return;
    (box.current?.querySelector<HTMLElement>('[data-outcome]') ?? box.current)?.focus();
  }, [stage]);
  return (
    <div
      ref={box}
      role={label ? 'group' : undefined}
      aria-label={label}
      tabIndex={-1}
      className={`outline-none ${className}`}
    >
      {children}
    </div>
  );
}
