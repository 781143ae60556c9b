'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import type { EmojiPair } from '#lib/routes/editor/typed-route.ts';

type Props = {
  id: string;
  label: string;
  pairs: EmojiPair[];
  set: (pairs: EmojiPair[]) => void;
  describedBy?: string | undefined;
  disabled?: boolean | undefined;
};

/** Which emoji stands for which moment. */
export function EmojiInput({ id, label, pairs, set, describedBy, disabled }: Props) {
  const t = useTranslations('route-values');
  const put = (at: number, pair: EmojiPair) => set(pairs.map((one, index) => (index === at ? pair : one)));
  return (
    <div role="group" aria-label={label} aria-describedby={describedBy} className="space-y-2">
      {pairs.map(([emoji, moment], index) => (
        <div key={index} className="flex items-center gap-2">
          <input
            id={index === 0 ? id : undefined}
            aria-label={t('emoji', { index: index + 1 })}
            value={emoji}
            maxLength={16}
            disabled={disabled}
            onChange={({ target }) => put(index, [target.value, moment])}
            className={`${inputClass} max-w-20 text-center`}
          />
          <input
            aria-label={t('emoji-name', { index: index + 1 })}
            placeholder={t('moment')}
            value={moment}
            maxLength={100}
            disabled={disabled}
            onChange={({ target }) => put(index, [emoji, target.value])}
            className={`${inputClass} max-w-56`}
          />
          <button
            type="button"
            aria-label={t('emoji-remove', { index: index + 1 })}
            disabled={disabled}
            onClick={() => set(pairs.filter((_, at) => at !== index))}
            className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
      <Button size="sm" disabled={disabled} onClick={() => set([...pairs, ['', '']])}>
        <Plus aria-hidden className="size-3.5" />
        {t('emoji-add')}
      </Button>
    </div>
  );
}
