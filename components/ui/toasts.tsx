'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';

/** `stays`: until it is closed, for what went wrong. Others leave after a while, never while pointed at or focused. */
export type Toast = { text: string; stays?: boolean; action?: { label: string; run: () => void } };

type Shown = Toast & { id: number };

const LIFE_MS = 10_000;
const Show = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a short message at the edge of the page. Nothing that must not be missed belongs here. */
export function useToast(): (toast: Toast) => void {
  return use(Show);
}

export function Toasts({ children }: { children: ReactNode }) {
  const t = useTranslations('ui');
  const [all, setAll] = useState<Shown[]>([]);
  const next = useRef(0);
  const close = useCallback((id: number) => setAll((now) => now.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = (next.current += 1);
      setAll((now) => [...now.slice(-2), { ...toast, id }]);
      if (!toast.stays) setTimeout(() => leave(id, close), LIFE_MS);
    },
    [close],
  );
  const value = useMemo(() => show, [show]);
  return (
    <Show value={value}>
      {children}
      <div className="pointer-events-none fixed inset-x-0 bottom-16 z-30 flex flex-col items-center gap-2 px-4 md:bottom-6">
        {all.map((toast) => (
          <div
            key={toast.id}
            id={`toast-${toast.id}`}
            role={toast.stays ? 'alert' : 'status'}
            className="pointer-events-auto flex max-w-full animate-[appear_120ms_ease-out] items-center gap-3 rounded-lg border bg-surface py-2 pr-2 pl-4 shadow-lg"
          >
            {toast.stays ? (
              <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
            ) : (
              <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
            )}
            <span className="min-w-0">{toast.text}</span>
            {toast.action ? (
              <button
                type="button"
                onClick={() => {
                  toast.action?.run();
                  close(toast.id);
                }}
                className="min-h-8 shrink-0 rounded px-2 font-medium text-accent-text hover:bg-hover"
              >
                {toast.action.label}
              </button>
            ) : null}
            <button
              type="button"
              aria-label={t('close')}
              onClick={() => close(toast.id)}
              className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
        ))}
      </div>
    </Show>
  );
}

function leave(id: number, close: (id: number) => void): void {
  const box = document.getElementById(`toast-${id}`);
  if (box?.matches(':hover, :focus-within')) setTimeout(() => leave(id, close), 2000);
  else close(id);
}
