'use client';

import { CircleAlert, CircleCheck } from 'lucide-react';
import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl/react';
import { CloseButton } from './close-button.tsx';

/** `persistent`: shown until closed, for errors. Others disappear after a while, but never while hovered or focused. */
export type Toast = { text: string; persistent?: boolean; action?: { label: string; run: () => void } };

type Shown = Toast & { id: number };
type Offer = (outlet: HTMLElement) => () => void;

const LIFE_MS = 10_000;
/** How many passing toasts are shown at once; persistent ones are never pushed out. */
const MOST_PASSING = 3;

const Show = createContext<(toast: Toast) => void>(() => undefined);
const Outlets = createContext<Offer>(() => () => undefined);

/** Shows a short message at the edge of the page; not for information that must not be missed. */
export function useToast(): (toast: Toast) => void {
  return use(Show);
}

export function Toasts({ children }: { children: ReactNode }) {
  const [all, setAll] = useState<Shown[]>([]);
  const [outlets, setOutlets] = useState<HTMLElement[]>([]);
  const next = useRef(0);
  const close = useCallback((id: number) => setAll((now) => now.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = (next.current += 1);
      setAll((now) => {
        const passing = now.filter(({ persistent }) => !persistent).slice(1 - MOST_PASSING);
        return [...now.filter((each) => each.persistent || passing.includes(each)), { ...toast, id }];
      });
      if (!toast.persistent) setTimeout(() => leave(id, close), LIFE_MS);
    },
    [close],
  );
  const offer = useCallback<Offer>((outlet) => {
    setOutlets((now) => [...now, outlet]);
    return () => setOutlets((now) => now.filter((each) => each !== outlet));
  }, []);
  const outlet = outlets.at(-1);
  return (
    <Show value={show}>
      <Outlets value={offer}>
        {children}
        {outlet ? createPortal(<Regions all={all} close={close} />, outlet) : <Regions all={all} close={close} />}
      </Outlets>
    </Show>
  );
}

/** Where toasts are shown while a modal dialog is open, since everything outside it is inert. */
export function ToastOutlet() {
  const offer = use(Outlets);
  const outlet = useRef<HTMLDivElement>(null);
  useEffect(() => (outlet.current ? offer(outlet.current) : undefined), [offer]);
  return <div ref={outlet} />;
}

/** Two live regions that exist before any message: a polite one and an assertive one. */
function Regions({ all, close }: { all: Shown[]; close: (id: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const lost = useRef(false);
  useEffect(() => {
    if (!lost.current) return;
    lost.current = false;
    const dialog = box.current?.closest('dialog')?.querySelector<HTMLElement>('button, input, a[href]');
    const targets = [box.current?.querySelector('button'), before.current, dialog, document.getElementById('main')];
    for (const target of targets) {
      if (target instanceof HTMLElement && target.isConnected) target.focus();
      if (document.activeElement === target) return;
    }
  }, [all]);
  return (
    <div
      ref={box}
      data-toasts
      onFocus={({ relatedTarget }) => {
        if (!box.current?.contains(relatedTarget)) before.current = relatedTarget;
      }}
      className="pointer-events-none fixed inset-x-0 bottom-2 z-30 flex flex-col items-center gap-2 px-4 md:bottom-6 tall:max-md:bottom-16"
    >
      {(['status', 'alert'] as const).map((role) => (
        <div
          key={role}
          role={role}
          aria-atomic="false"
          className="flex max-h-[40dvh] max-w-full flex-col items-center gap-2 overflow-y-auto has-[>*]:pointer-events-auto"
        >
          {all
            .filter(({ persistent = false }) => persistent === (role === 'alert'))
            .map((toast) => (
              <Message
                key={toast.id}
                toast={toast}
                close={() => {
                  lost.current = box.current?.contains(document.activeElement) ?? false;
                  close(toast.id);
                }}
              />
            ))}
        </div>
      ))}
    </div>
  );
}

function Message({ toast, close }: { toast: Shown; close: () => void }) {
  const t = useTranslations('ui');
  const Icon = toast.persistent ? CircleAlert : CircleCheck;
  return (
    <div
      id={`toast-${toast.id}`}
      className="flex max-w-full shrink-0 animate-[appear_120ms_ease-out] items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-4 text-text shadow-lg"
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${toast.persistent ? 'text-danger' : 'text-good'}`} />
      <span className="min-w-0">{toast.text}</span>
      {toast.action ? (
        <button
          type="button"
          onClick={() => {
            toast.action?.run();
            close();
          }}
          className="min-h-8 shrink-0 rounded px-2 font-medium text-accent-text hover:bg-hover"
        >
          {toast.action.label}
        </button>
      ) : null}
      <CloseButton label={t('close')} onClick={close} />
    </div>
  );
}

function leave(id: number, close: (id: number) => void): void {
  const box = document.getElementById(`toast-${id}`);
  if (box?.matches(':hover, :focus-within')) setTimeout(() => leave(id, close), 2000);
  else close(id);
}
