'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { PhonePreview } from '#lib/persons/directory/phone-input.ts';

const REST_MS = 200;

/** What a phone will be stored as while it is typed, or why it can't be. */
export function PhoneAsTyped({ typed, hint }: { typed: string; hint: string }) {
  const t = useTranslations('person');
  const { say } = useTexts();
  const [seen, setSeen] = useState<{ typed: string; preview: PhonePreview } | null>(null);
  useEffect(() => {
    const call = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await consoleFetch(`/api/lookup/phone?q=${encodeURIComponent(typed)}`, {
          signal: call.signal,
        });
        if (response.ok) setSeen({ typed, preview: (await response.json()) as PhonePreview });
      } catch {
        // Saving says the same: nothing is shown meanwhile.
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      call.abort();
    };
  }, [typed]);
  const preview = seen?.typed === typed ? seen.preview : null;
  return (
    <p role="status" className="text-muted">
      {preview === null ? hint : 'text' in preview ? t('phone-stored', { text: preview.text }) : say(preview.refusal)}
    </p>
  );
}
