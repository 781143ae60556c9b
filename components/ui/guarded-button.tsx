'use client';

import { useId, useLayoutEffect, useRef, useState, type ComponentProps } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';

type Props = ButtonLook &
  ComponentProps<'button'> & {
    /** Why it can't be used now. The button stays focusable and shows the reason. */
    reason?: string | null | undefined;
    /** Styled by `className` only. */
    bare?: boolean;
  };

const AWAY_MS = 150;
const GAP = 6;

/**
 * A button that may be locked. The reason is its accessible description, and a tooltip while it is focused, hovered or tapped;
 * Escape or a tap elsewhere hides it.
 */
export function GuardedButton(props: Props) {
  const { reason, onClick, type = 'button', variant, size, bare = false, className, children, ...rest } = props;
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [wanted, setWanted] = useState(false);
  const open = wanted && Boolean(reason);
  const show = () => {
    clearTimeout(timer.current);
    setWanted(true);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => setWanted(document.activeElement === tip.current?.previousElementSibling),
      AWAY_MS,
    );
  };
  useLayoutEffect(() => {
    const box = tip.current;
    const anchor = box?.previousElementSibling;
    if (!open || !anchor) return;
    const position = () => beside(box, anchor);
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && setWanted(false);
    const onDown = ({ target }: PointerEvent) =>
      target instanceof Node && !box.contains(target) && !anchor.contains(target) && setWanted(false);
    box.showPopover();
    position();
    addEventListener('scroll', position, { capture: true, passive: true });
    addEventListener('resize', position);
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    return () => {
      removeEventListener('scroll', position, { capture: true });
      removeEventListener('resize', position);
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
        {...(reason
          ? { onFocus: show, onBlur: () => setWanted(false), onPointerEnter: show, onPointerLeave: leave }
          : {})}
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
