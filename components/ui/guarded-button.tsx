'use client';

import { useId, useLayoutEffect, useRef, useState, type ComponentProps } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';

type Props = ButtonLook &
  ComponentProps<'button'> & {
    /** Why it cannot be used now. The button stays where it is, can be reached, and says so. */
    reason?: string | null | undefined;
    /** It looks as its own classes say. */
    bare?: boolean;
  };

const AWAY_MS = 150;
const GAP = 6;

/**
 * A button that may be locked. The reason is its description for a screen reader, and shows when it is focused, pointed at
 * or tapped: until one leaves, looks elsewhere or presses Escape.
 */
export function GuardedButton(props: Props) {
  const { reason, onClick, type = 'button', variant, size, bare = false, className, children, ...rest } = props;
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [asked, ask] = useState(false);
  const open = asked && Boolean(reason);
  const show = () => {
    clearTimeout(timer.current);
    ask(true);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(document.activeElement === tip.current?.previousElementSibling), AWAY_MS);
  };
  useLayoutEffect(() => {
    const box = tip.current;
    const anchor = box?.previousElementSibling;
    if (!open || !anchor) return;
    const place = () => beside(box, anchor);
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && ask(false);
    const onDown = ({ target }: PointerEvent) =>
      target instanceof Node && !box.contains(target) && !anchor.contains(target) && ask(false);
    box.showPopover();
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onDown);
      box.hidePopover();
    };
  }, [open]);
  return (
    <>
      <button
        {...rest}
        type={type}
        className={bare ? className : buttonClass({ variant, size }, className)}
        aria-disabled={reason ? true : rest['aria-disabled']}
        aria-describedby={reason ? id : rest['aria-describedby']}
        onClick={(event) => {
          if (!reason) return onClick?.(event);
          event.preventDefault();
          show();
        }}
        {...(reason ? { onFocus: show, onBlur: () => ask(false), onPointerEnter: show, onPointerLeave: leave } : {})}
      >
        {children}
      </button>
      {reason ? (
        <span
          ref={tip}
          id={id}
          popover="manual"
          role="tooltip"
          onPointerEnter={show}
          onPointerLeave={leave}
          className="fixed inset-auto m-0 w-max max-w-[min(20rem,calc(100vw-16px))] rounded border border-edge bg-surface px-3 py-2 text-left text-sm font-normal whitespace-normal text-text shadow-lg"
        >
          {reason}
        </span>
      ) : null}
    </>
  );
}

/** Below the button, above it where there is no room, always inside the window. */
function beside(box: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP + height <= innerHeight;
  box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - height)}px`;
  box.style.left = `${Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - GAP))}px`;
}
