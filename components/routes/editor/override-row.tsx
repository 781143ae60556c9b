'use client';

import { RotateCcw, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import type { ValueProblem } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { OverrideInput } from './override-input.tsx';
import { useValueWords } from './value-words.ts';

type Props = {
  field: Override;
  /** As it is typed; null: cleared. */
  value: Json;
  inherited: Json;
  set: (value: Json) => void;
  /** Back to what is saved; left out where nothing changed. */
  revert?: (() => void) | undefined;
  problem?: ValueProblem | undefined;
  /** The setting that is its maximum, where it is larger than that. */
  maximum?: { name: string; value: string } | undefined;
  disabled?: boolean | undefined;
};

/** Said only once the field is left: until then it is being filled in. */
const UNFINISHED: ReadonlySet<ValueProblem> = new Set(['required', 'no-condition', 'no-emoji', 'half']);

/** An override: its value with what it would inherit, or that it is cleared; what it does, where its name doesn't say it. */
export function OverrideRow({ field, value, inherited, set, revert, problem, maximum, disabled }: Props) {
  const t = useTranslations('route');
  const label = useTranslations('route-fields')(field);
  const help = anyKey(t)(`helps.${field}`);
  const words = useValueWords();
  const [left, setLeft] = useState(false);
  const now = inherited === null ? t('inherit-unknown') : t('inherit', { value: words(field, inherited) });
  const waits = problem && !left && (value === '' || UNFINISHED.has(problem));
  return (
    <div
      id={`row-${field}`}
      className="px-4 py-2.5"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setLeft(true);
      }}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 md:grid-cols-[minmax(0,10rem)_minmax(0,1fr)_auto] xl:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto] md:items-start">
        <div className="min-w-0 md:pt-1">
          <span className="block font-medium">{label}</span>
          {help ? <span className="block text-sm text-muted">{help}</span> : null}
        </div>
        <div className="min-w-0 max-md:col-span-2 max-md:row-start-2">
          {value === null ? (
            <p className="md:pt-1">{now}</p>
          ) : (
            <>
              <OverrideInput
                id={`own-${field}`}
                problem={waits ? undefined : problem}
                {...{ field, label, value, set, disabled }}
              />
              <p className="mt-1 line-clamp-2 text-sm break-words text-muted">{now}</p>
            </>
          )}
        </div>
        {disabled ? null : (
          <div className="flex gap-1">
            {revert ? (
              <IconButton label={t('revert', { what: label })} run={revert} icon={<RotateCcw aria-hidden />} />
            ) : null}
            {value === null ? null : (
              <IconButton label={t('clear-override', { what: label })} run={() => set(null)} icon={<X aria-hidden />} />
            )}
          </div>
        )}
      </div>
      {maximum ? (
        <Notice tone="warn" className="mt-2">
          {t('crossed', maximum)}
        </Notice>
      ) : null}
    </div>
  );
}

function IconButton({ label, run, icon }: { label: string; run: () => void; icon: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={run}
      className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text [&_svg]:size-4"
    >
      {icon}
    </button>
  );
}
