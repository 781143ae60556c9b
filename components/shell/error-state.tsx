'use client';

import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { reportError } from './calls/report-error.ts';

/** The only texts outside `messages/`: an error boundary may stand where no messages could be loaded. */
const TEXTS = {
  en: {
    title: 'Something went wrong here',
    help: (reference: string) =>
      `Nothing you typed was sent twice. Try again; if it happens again, give the operator this reference: ${reference}`,
    retry: 'Try again',
  },
  'pt-BR': {
    title: 'Algo deu errado aqui',
    help: (reference: string) =>
      `Nada do que você digitou foi enviado duas vezes. Tente de novo; se acontecer outra vez, informe esta referência: ${reference}`,
    retry: 'Tentar de novo',
  },
};

export function ErrorState({ error, retry }: { error: unknown; retry: () => void }) {
  const texts = TEXTS[typeof document !== 'undefined' && document.documentElement.lang === 'pt-BR' ? 'pt-BR' : 'en'];
  useEffect(() => reportError('boundary', error), [error]);
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : '—';
  return (
    <ListState
      page
      icon={Alert}
      role="alert"
      title={texts.title}
      actions={<Button onClick={retry}>{texts.retry}</Button>}
    >
      {texts.help(digest)}
    </ListState>
  );
}

/** Drawn here, since error boundaries are part of every page and would load the icon library again. */
function Alert({ className }: { className: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      className={className}
    >
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v6m0 4h0" />
    </svg>
  );
}
