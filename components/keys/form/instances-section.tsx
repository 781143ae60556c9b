'use client';

import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import type { Draft } from '#lib/keys/form/form-values.ts';

export type NamedInstance = { id: string; name: string };

type ChecksProps = {
  /** Null: this key may not see instances, so they are told by id. */
  instances: readonly NamedInstance[] | null;
  /** Those the giver's own key is kept to; null for all. */
  held: readonly string[] | null;
  chosen: readonly string[];
  choose: (ids: string[]) => void;
};

/** Instances to tick; where none can be seen, ids to type. One that is chosen and unknown stays. */
export function InstanceChecks({ instances, held, chosen, choose }: ChecksProps) {
  const t = useTranslations('keyForm');
  if (instances === null) {
    return (
      <textarea
        rows={3}
        defaultValue={chosen.join('\n')}
        onChange={(event) => choose(event.target.value.split(/\s+/).filter(Boolean))}
        aria-label={t('instance-ids')}
        placeholder={t('instance-ids')}
        spellCheck={false}
        className={`${inputClass} h-auto py-2 font-mono text-sm`}
      />
    );
  }
  const known = new Set(instances.map(({ id }) => id));
  const all = [...instances, ...chosen.filter((id) => !known.has(id)).map((id) => ({ id, name: id }))];
  const beyond = (id: string) => held !== null && !held.includes(id);
  return (
    <>
      <div className="grid max-h-60 gap-x-4 overflow-y-auto rounded border p-2 sm:grid-cols-2">
        {all.map(({ id, name }) => (
          <label key={id} className="flex min-h-8 min-w-0 items-center gap-2 px-1">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={beyond(id) && !chosen.includes(id)}
              onChange={() => choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
              className="size-4 shrink-0 accent-(--accent)"
            />
            <span className={`truncate ${beyond(id) ? 'text-muted line-through' : ''}`}>{name}</span>
          </label>
        ))}
      </div>
      {all.some(({ id }) => beyond(id)) ? <p className="text-sm text-muted">{t('instance-beyond')}</p> : null}
    </>
  );
}

type Props = Omit<ChecksProps, 'chosen' | 'choose'> & { draft: Draft; change: (part: Partial<Draft>) => void };

/** All, only these, or none: three choices, since Omni's empty list and its missing one mean opposite things. */
export function InstancesSection({ draft, change, instances, held }: Props) {
  const t = useTranslations('keyForm');
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
              checked={draft.instances === one}
              disabled={one === 'all' && held !== null && draft.instances !== 'all'}
              onChange={() => change({ instances: one })}
              className="size-4 accent-(--accent)"
            />
            {t(`instance-choices.${one}`)}
          </label>
        ))}
      </div>
      {held === null ? null : <p className="text-sm text-muted">{t('all-beyond')}</p>}
      {draft.instances === 'some' ? (
        <InstanceChecks
          instances={instances}
          held={held}
          chosen={draft.instanceIds}
          choose={(instanceIds) => change({ instanceIds })}
        />
      ) : null}
      <p className="text-sm text-muted">{t(draft.instances === 'none' ? 'instances-none-help' : 'instances-help')}</p>
    </div>
  );
}
