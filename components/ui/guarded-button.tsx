'use client';

import { useId, useLayoutEffect, useRef, useState, type ComponentProps } from 'react';
import { buttonClass, type ButtonLook } from './button.tsx';
import { CopyRequest } from './locked/copy-request.tsx';
import { lockedScope, lockedText, type Locked } from './locked/locked.ts';

type Props = ButtonLook &
  ComponentProps<'button'> & {
    /** Why it can't be used now. The button stays focusable and shows the reason. */
    reason?: Locked | null | undefined;
    /** Styled by `className` only. */
    bare?: boolean;
  };

const AWAY_MS = 150;
const GAP = 6;

/**
 * A button that may be locked. The reason is its accessible description, and a tooltip while it is focused, hovered or tapped;
 * Escape or a tap elsewhere hides it. Where a permission is missing, a request for it can be copied there, with Tab too.
 */
export function GuardedButton(props: Props) {
  const { reason, onClick, type = 'button', variant, size, bare = false, className, children, ...rest } = props;
  const id = useId();
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [wanted, setWanted] = useState(false);
  const open = wanted && Boolean(reason);
  const scope = lockedScope(reason);
  const show = () => {
    clearTimeout(timer.current);
    setWanted(true);
  };
  const leave = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWanted(holdsFocus(tip.current)), AWAY_MS);
  };
  /** Going from the button to what stands in the tooltip, or back, leaves neither. */
  const blur = () => setTimeout(() => setWanted((now) => now && holdsFocus(tip.current)));
  useLayoutEffect(() => {
    const box = tip.current;
    const anchor = box?.previousElementSibling;
    if (!open || !anchor) return;
    const position = () => beside(box, anchor);
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      if (box.contains(document.activeElement)) (anchor as HTMLElement).focus();
      setWanted(false);
    };
    const onDown = ({ target }: PointerEvent) =>
      target instanceof Node && !box.contains(target) && !anchor.contains(target) && setWanted(false);
    // A press on its button leaves the focus where it is, so that it stays open until the click.
    const onPress = (event: MouseEvent) => (event.target as Element).closest('button') && event.preventDefault();
    box.showPopover();
    position();
    addEventListener('scroll', position, { capture: true, passive: true });
    addEventListener('resize', position);
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onDown);
    box.addEventListener('mousedown', onPress);
    return () => {
      removeEventListener('scroll', position, { capture: true });
      removeEventListener('resize', position);
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onDown);
      box.removeEventListener('mousedown', onPress);
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
        {...(reason ? { onFocus: show, onBlur: blur, onPointerEnter: show, onPointerLeave: leave } : {})}
      >
        {children}
      </button>
      {reason ? (
        <span
          ref={tip}
          popover="manual"
          role={scope ? 'group' : undefined}
          aria-labelledby={scope ? id : undefined}
          onBlur={blur}
          onPointerEnter={show}
          onPointerLeave={leave}
          className="fixed inset-auto m-0 w-max max-w-[min(20rem,calc(100vw-16px))] rounded border border-edge bg-surface px-3 py-2 text-left text-sm font-normal whitespace-normal text-text shadow-lg"
        >
          <span id={id} role="tooltip">
            {lockedText(reason)}
          </span>
          {scope && open ? (
            <span className="mt-2 block">
              <CopyRequest scope={scope} />
            </span>
          ) : null}
        </span>
      ) : null}
    </>
  );
}

/** Whether the focus is on the button of a tooltip or in it. */
function holdsFocus(tip: HTMLElement | null): boolean {
  const { activeElement } = document;
  return tip !== null && (activeElement === tip.previousElementSibling || tip.contains(activeElement));
}

/** Below the button, above it where there is no room, always inside the window. */
function beside(box: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + GAP + height <= innerHeight;
  box.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - height)}px`;
  box.style.left = `${Math.max(GAP, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - GAP))}px`;
}
