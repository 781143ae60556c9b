'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import type { Json } from '#lib/operations/plan/define.ts';

type Pair = { key: number; name: string; emoji: string };
type Props = { id: string; value: Json; set: (value: Json) => void; disabled?: boolean };

/** Which emoji stands for which moment. A name without an emoji, or the other way round, is not sent. */
export function EmojiInput({ id, value, set, disabled }: Props) {
  const t = useTranslations('route-values');
  const [pairs, setPairs] = useState<Pair[]>(() =>
    Object.entries((value ?? {}) as Record<string, string>).map(([name, emoji], key) => ({ key, name, emoji })),
  );

  function put(next: Pair[]) {
    setPairs(next);
    const whole = next.filter(({ name, emoji }) => name.trim() && emoji.trim());
    set(Object.fromEntries(whole.map(({ name, emoji }) => [name.trim(), emoji.trim()])));
  }
  const change = (key: number, more: Partial<Pair>) =>
    put(pairs.map((pair) => (pair.key === key ? { ...pair, ...more } : pair)));

  return (
    <div className="space-y-2 rounded border p-3">
      {pairs.map(({ key, name, emoji }, index) => (
        <div key={key} className="flex items-center gap-2">
          <input
            id={index === 0 ? id : undefined}
            aria-label={t('emoji', { index: index + 1 })}
            value={emoji}
            maxLength={16}
            disabled={disabled}
            onChange={({ target }) => change(key, { emoji: target.value })}
            className={`${inputClass} max-w-20 text-center`}
          />
          <input
            aria-label={t('emoji-name', { index: index + 1 })}
            value={name}
            maxLength={100}
            disabled={disabled}
            onChange={({ target }) => change(key, { name: target.value })}
            className={`${inputClass} max-w-56`}
          />
          <button
            type="button"
            aria-label={t('emoji-remove', { index: index + 1 })}
            disabled={disabled}
            onClick={() => put(pairs.filter((pair) => pair.key !== key))}
            className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover"
          >
            <X aria-hidden className="size-4" />
          </button>
        </div>
      ))}
      <Button
        size="sm"
        disabled={disabled}
        onClick={() =>
          put([...pairs, { key: Math.max(-1, ...pairs.map((pair) => pair.key)) + 1, name: '', emoji: '' }])
        }
      >
        <Plus aria-hidden className="size-3.5" />
        {t('emoji-add')}
      </Button>
    </div>
  );
}
