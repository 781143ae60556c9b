'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslations } from 'use-intl/react';

/** `stays`: until it is closed, for what went wrong. Others leave after a while, never while pointed at or focused. */
export type Toast = { text: string; stays?: boolean; action?: { label: string; run: () => void } };

type Shown = Toast & { id: number };
type Offer = (outlet: HTMLElement) => () => void;

const LIFE_MS = 10_000;
/** How many that pass are shown at once; those that stay are never pushed out. */
const MOST_PASSING = 3;

const Show = createContext<(toast: Toast) => void>(() => undefined);
const Outlets = createContext<Offer>(() => () => undefined);

/** Shows a short message at the edge of the page. Nothing that must not be missed belongs here. */
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
        const passing = now.filter(({ stays }) => !stays).slice(1 - MOST_PASSING);
        return [...now.filter((each) => each.stays || passing.includes(each)), { ...toast, id }];
      });
      if (!toast.stays) setTimeout(() => leave(id, close), LIFE_MS);
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

/** Where messages show while a modal dialog is open: all of the page outside it can be neither heard nor reached. */
export function ToastOutlet() {
  const offer = use(Outlets);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => (place.current ? offer(place.current) : undefined), [offer]);
  return <div ref={place} />;
}

/** Two live regions that are there before anything is said in them: one waits for its turn, one interrupts. */
function Regions({ all, close }: { all: Shown[]; close: (id: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const lost = useRef(false);
  useEffect(() => {
    if (!lost.current) return;
    lost.current = false;
    const dialog = box.current?.closest('dialog')?.querySelector<HTMLElement>('button, input, a[href]');
    const places = [box.current?.querySelector('button'), before.current, dialog, document.getElementById('main')];
    for (const place of places) {
      if (place instanceof HTMLElement && place.isConnected) place.focus();
      if (document.activeElement === place) return;
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
            .filter(({ stays = false }) => stays === (role === 'alert'))
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
  const Icon = toast.stays ? CircleAlert : CircleCheck;
  return (
    <div
      id={`toast-${toast.id}`}
      className="flex max-w-full shrink-0 animate-[appear_120ms_ease-out] items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-4 text-text shadow-lg"
    >
      <Icon aria-hidden className={`size-4 shrink-0 ${toast.stays ? 'text-danger' : 'text-good'}`} />
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
      <button
        type="button"
        aria-label={t('close')}
        onClick={close}
        className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}

function leave(id: number, close: (id: number) => void): void {
  const box = document.getElementById(`toast-${id}`);
  if (box?.matches(':hover, :focus-within')) setTimeout(() => leave(id, close), 2000);
  else close(id);
}
