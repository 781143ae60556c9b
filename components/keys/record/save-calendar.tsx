'use client';

import { CalendarPlus } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { saveFile } from '#components/keys/secret/save-file.ts';

/** Saves a key's expiry as a calendar file. */
export function SaveCalendar({ name, text }: { name: string; text: string }) {
  const t = useTranslations('key-record');
  return (
    <Button size="sm" variant="ghost" onClick={() => saveFile({ name, text, type: 'text/calendar' })}>
      <CalendarPlus aria-hidden className="size-3.5" />
      {t('calendar')}
    </Button>
  );
}
