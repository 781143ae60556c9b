'use client';

import { Check, Copy, Download, Eye, EyeOff, KeyRound } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useLeaveGuard } from '#components/shell/drafts/leave-guard.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { ToastOutlet } from '#components/ui/overlay/toasts.tsx';
import { envFile, envName } from './env-file.ts';
import { saveFile } from './save-file.ts';
import type { ShownOnceProps } from './shown-secret.ts';

/** A new key, shown once: copy, reveal, download. Closes once somebody confirms that it is stored; leaving asks first. */
export function ShownOnceDialog({ shown, forget }: ShownOnceProps) {
  const t = useTranslations('secret');
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const [revealed, setRevealed] = useState(false);
  const [saved, setSaved] = useState<'copied' | 'downloaded' | 'refused' | null>(null);
  const [asking, setAsking] = useState(false);
  useLeaveGuard(true, `${t('sure')} ${t('sure-help')}`);

  useEffect(() => {
    const box = dialog.current;
    if (box && !box.open) box.showModal();
    first.current?.focus();
    addEventListener('pagehide', forget);
    return () => removeEventListener('pagehide', forget);
  }, [forget]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(shown.secret);
      setSaved('copied');
    } catch {
      setRevealed(true);
      setSaved('refused');
    }
  }
  function download() {
    saveFile({ name: envName(shown.name), text: envFile(shown), type: 'text/plain' });
    setSaved('downloaded');
  }
  function stored() {
    if (!asking && (saved === null || saved === 'refused') && !revealed) return setAsking(true);
    forget();
    shown.onStored?.();
  }

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-help`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        setAsking(true);
      }}
      onCancel={(event) => {
        event.preventDefault();
        setAsking(true);
      }}
      onClose={() => dialog.current?.showModal()}
      className="m-auto w-[36rem] max-w-[calc(100vw-24px)] rounded-lg border bg-surface p-0 text-text shadow-lg"
    >
      <div className="space-y-4 p-5">
        <div>
          <h2 id={`${id}-title`} className="flex items-center gap-2 text-lg">
            <KeyRound aria-hidden className="size-5 text-accent-text" />
            {t('title', { name: shown.name })}
          </h2>
          <p id={`${id}-help`} className="mt-1 text-muted">
            {t('help')}
          </p>
        </div>
        <div className="flex items-center gap-1 rounded border border-edge bg-inset py-1 pr-1 pl-3">
          <output
            aria-label={t('key')}
            className={`min-w-0 grow py-1 font-mono text-sm break-all ${revealed ? 'select-all' : 'select-none'}`}
          >
            {revealed ? shown.secret : `omni_sk_${'•'.repeat(12)}`}
          </output>
          <Button
            variant="ghost"
            size="icon"
            aria-pressed={revealed}
            aria-label={t(revealed ? 'hide' : 'reveal')}
            onClick={() => setRevealed(!revealed)}
          >
            {revealed ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          </Button>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button ref={first} variant="primary" onClick={copy}>
            {saved === 'copied' ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
            {t('copy')}
          </Button>
          <Button onClick={download}>
            <Download aria-hidden className="size-4" />
            {t('download')}
          </Button>
        </div>
        <p role="status" className={saved ? 'text-sm text-muted' : 'sr-only'}>
          {saved ? t(`taken-${saved}`) : ''}
        </p>
        {asking ? (
          <Notice tone="warn" role="alert" title={t('sure')}>
            {t('sure-help')}
          </Notice>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2 border-t pt-4">
          {asking ? (
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t('keep-open')}
            </Button>
          ) : null}
          <Button variant={asking ? 'danger' : 'secondary'} onClick={stored}>
            {t(asking ? 'close-anyway' : 'stored')}
          </Button>
        </div>
      </div>
      <ToastOutlet />
    </dialog>
  );
}
