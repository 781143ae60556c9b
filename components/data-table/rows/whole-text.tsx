'use client';

import { useEffect, useRef, type RefObject } from 'react';

const WAIT_MS = 350;
const GAP = 4;

/**
 * The whole text of what is cut in the rows: of the cell under the pointer, or of every cut cell of the row that has the focus by
 * keyboard. Escape hides it, and the pointer may go over to it (WCAG 1.4.13).
 */
export function WholeText({ rows }: { rows: RefObject<HTMLElement | null> }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [tip, body] = [box.current, rows.current];
    if (!tip || !body) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let anchor: Element | null = null;
    const hide = () => {
      clearTimeout(timer);
      anchor = null;
      if (tip.matches(':popover-open')) tip.hidePopover();
    };
    const show = (at: Element, texts: readonly string[]) => {
      if (texts.length === 0) return hide();
      clearTimeout(timer);
      anchor = at;
      tip.textContent = texts.join('\n');
      if (!tip.matches(':popover-open')) tip.showPopover();
      const place = at.getBoundingClientRect();
      const own = tip.getBoundingClientRect();
      const below = place.bottom + GAP + own.height <= innerHeight;
      tip.style.top = `${Math.max(GAP, below ? place.bottom + GAP : place.top - GAP - own.height)}px`;
      tip.style.left = `${Math.max(GAP, Math.min(place.left, innerWidth - own.width - GAP))}px`;
    };
    const over = ({ target }: PointerEvent) => {
      const cell = target instanceof Element ? target.closest('td') : null;
      if (target === tip) return clearTimeout(timer);
      if (cell === anchor && cell) return clearTimeout(timer);
      clearTimeout(timer);
      const text = cell && body.contains(cell) ? wholeOf(cell) : null;
      timer = setTimeout(() => (cell && text ? show(cell, [text]) : anchor?.tagName === 'TD' && hide()), WAIT_MS);
    };
    const focused = ({ target }: FocusEvent) => {
      const row = (target as Element).closest('[data-id]');
      if (!row || !(target as Element).matches(':focus-visible')) return hide();
      clearTimeout(timer);
      timer = setTimeout(
        () =>
          show(
            row,
            [...row.querySelectorAll('td')].flatMap((cell) => wholeOf(cell) ?? []),
          ),
        WAIT_MS,
      );
    };
    const pressed = ({ key }: KeyboardEvent) => key === 'Escape' && hide();
    document.addEventListener('pointerover', over);
    body.addEventListener('focusin', focused);
    body.addEventListener('focusout', hide);
    addEventListener('keydown', pressed);
    addEventListener('scroll', hide, { capture: true, passive: true });
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      body.removeEventListener('focusin', focused);
      body.removeEventListener('focusout', hide);
      removeEventListener('keydown', pressed);
      removeEventListener('scroll', hide, { capture: true });
    };
  }, [rows]);
  return (
    <div
      ref={box}
      popover="manual"
      role="tooltip"
      className="fixed inset-auto m-0 w-max max-w-[min(28rem,calc(100vw-16px))] rounded border border-edge bg-surface px-3 py-2 text-sm whitespace-pre-line text-text shadow-lg"
    />
  );
}

/** The text of a cell where it is cut, else null; a shortened one carries its whole in `data-whole`. */
function wholeOf(cell: Element): string | null {
  const short = cell.querySelector('[data-whole]');
  if (short) return short.getAttribute('data-whole');
  const parts = [cell, ...cell.querySelectorAll('*')].filter((each) => each.checkVisibility());
  const cut = parts.some((each) =>
    each.classList.contains('middle')
      ? each.scrollHeight > each.clientHeight + 2
      : each.scrollWidth > each.clientWidth + 1 &&
        getComputedStyle(each).overflowX !== 'visible' &&
        !each.matches('.sr-only, .middle *'),
  );
  return cut ? (cell.textContent ?? '').trim() || null : null;
}
