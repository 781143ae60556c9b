'use client';

import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import type { KeyFormFacts } from '#lib/keys/form/form-facts.ts';
import type { KeyFormValues } from '#lib/keys/form/form-values.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { NotSeenHint } from './not-seen-hint.tsx';

type ChecksProps = Pick<KeyFormFacts, 'instances' | 'held'> & {
  chosen: readonly string[];
  choose: (ids: string[]) => void;
};

/** Instances to tick; where they were not seen, ids to type. A chosen one that is unknown is kept. */
export function InstanceChecks({ instances: seen, held: heldSeen, chosen, choose }: ChecksProps) {
  const t = useTranslations('key-form');
  const held = seenOr(heldSeen, null);
  if (seen.is !== 'value') {
    return (
      <>
        <NotSeenHint says="ids-instead" part="instances" seen={seen} />
        <textarea
          rows={3}
          defaultValue={chosen.join('\n')}
          onChange={(event) => choose(event.target.value.split(/\s+/).filter(Boolean))}
          aria-label={t('instance-ids')}
          placeholder={t('instance-ids')}
          spellCheck={false}
          className={`${inputClass} h-auto py-2 font-mono text-sm`}
        />
      </>
    );
  }
  const instances = seen.value;
  const known = new Set(instances.map(({ id }) => id));
  const all = [...instances, ...chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: id }))];
  const outOfReach = (id: string) => held !== null && !held.includes(id);
  return (
    <>
      <div className="grid max-h-60 gap-x-4 overflow-y-auto rounded border p-2 sm:grid-cols-2">
        {all.map(({ id, name }) => (
          <label key={id} className="flex min-h-8 min-w-0 items-center gap-2 px-1">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={outOfReach(id) && !chosen.includes(id)}
              onChange={() => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <span className={`truncate ${outOfReach(id) ? 'text-muted line-through' : ''}`}>{name}</span>
          </label>
        ))}
      </div>
      {all.some(({ id }) => outOfReach(id)) ? <p className="text-sm text-muted">{t('instance-beyond')}</p> : null}
    </>
  );
}

type Props = Omit<ChecksProps, 'chosen' | 'choose'> & {
  values: KeyFormValues;
  change: (part: Partial<KeyFormValues>) => void;
};

/** All, only these, or none: three choices, since an empty list and a missing one mean opposite things in Omni. */
export function InstancesSection({ values, change, instances, held: seen }: Props) {
  const t = useTranslations('key-form');
  const held = seenOr(seen, null);
  return (
    <div className="space-y-2">
      <div role="radiogroup" aria-label={t('instances')} className="flex flex-wrap gap-x-6 gap-y-1">
        {(['all', 'some', 'none'] as const).map((one) => (
          <label
            key={one}
            className={`flex min-h-8 items-center gap-2 ${one === 'all' && held !== null ? 'text-muted line-through' : ''}`}
          >
            <input
              type="radio"
              name="instances"
              checked={values.instances === one}
              disabled={one === 'all' && held !== null && values.instances !== 'all'}
              onChange={() => change({ instances: one })}
              className="size-4 accent-(--accent)"
            />
            {t(`instance-choices.${one}`)}
          </label>
        ))}
      </div>
      {held === null ? null : <p className="text-sm text-muted">{t('all-beyond')}</p>}
      {seen.is === 'value' ? null : <NotSeenHint says="reach-not-seen" part="own-key" seen={seen} />}
      {values.instances === 'some' ? (
        <InstanceChecks
          instances={instances}
          held={seen}
          chosen={values.instanceIds}
          choose={(instanceIds) => change({ instanceIds })}
        />
      ) : null}
      {values.instances === 'all' ? null : <p className="text-sm text-muted">{t('instances-help')}</p>}
    </div>
  );
}
