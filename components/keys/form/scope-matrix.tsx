'use client';

import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { inputClass } from '#components/form/field.tsx';
import { MissingScopeNote } from '#components/ui/locked/missing-scope-note.tsx';
import {
  isWriteOnly,
  levelOf,
  RESOURCES,
  withLevel,
  type PermissionLevel,
  type ScopeResource,
} from '#lib/scopes/table.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { fold } from '#lib/text/fold.ts';

type Props = { scopes: readonly string[]; own: readonly string[] | null; choose: (scopes: string[]) => void };

const LEVELS = ['none', 'read', 'write'] as const;

/** The name of a resource, and a column for each level. */
const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_repeat(3,60px)] items-center gap-x-1 @xl:grid-cols-[minmax(0,1fr)_repeat(3,104px)]';

/**
 * Resources, and a key's permission for each. What the session's own key lacks can't be chosen; the missing scope is named, and
 * can be asked for. The levels stand above their columns, once. Below stands how many are chosen, and while one searches how many are shown; a fade says how many
 * are further down.
 */
export function ScopeMatrix({ scopes, own, choose }: Props) {
  const t = useTranslations('key-form');
  const word = useResourceWord();
  const [find, setFind] = useState('');
  const [below, setBelow] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const wanted = fold(find);
  const shown = RESOURCES.filter(({ name }) => fold(`${name} ${word(name)}`).includes(wanted));
  const seeEnd = () => {
    const end = (list.current?.getBoundingClientRect().bottom ?? 0) + 4;
    const rows = [...(list.current?.querySelectorAll('fieldset') ?? [])];
    setBelow(rows.filter((row) => row.getBoundingClientRect().bottom > end).length);
  };
  useEffect(seeEnd, [shown.length]);
  return (
    <div className="@container rounded border">
      <div className="relative border-b p-2">
        <Search aria-hidden className="pointer-events-none absolute inset-y-0 left-4 my-auto size-4 text-muted" />
        <input
          type="search"
          value={find}
          onChange={(event) => setFind(event.target.value)}
          aria-label={t('find-resource')}
          placeholder={t('find-resource')}
          className={`${inputClass} max-w-72 pl-8`}
        />
      </div>
      <div className="relative">
        <div
          ref={list}
          onScroll={seeEnd}
          className="max-h-96 divide-y overflow-y-auto"
          tabIndex={0}
          role="group"
          aria-label={t('matrix')}
        >
          <div aria-hidden className={`${COLUMNS} top-0 tall:sticky z-10 bg-surface px-3 py-1.5 text-xs text-muted`}>
            <span />
            {LEVELS.map((one) => (
              <span key={one} className="text-center">
                {t(`levels.${one}`)}
              </span>
            ))}
          </div>
          {shown.map((resource) => (
            <ResourceRow key={resource.name} resource={resource} scopes={scopes} own={own} choose={choose} />
          ))}
          {shown.length === 0 ? <p className="p-4 text-muted">{t('no-resource', { find })}</p> : null}
        </div>
        {below === 0 ? null : (
          <div
            aria-hidden
            className="pointer-events-none absolute inset-x-0 bottom-0 flex h-12 items-end justify-center bg-linear-to-t from-surface to-transparent pb-1 text-xs text-muted"
          >
            <span className="rounded-sm border bg-surface px-2 py-0.5">{t('more-below', { count: below })}</span>
          </div>
        )}
      </div>
      <p role="status" className="border-t px-3 py-1.5 text-xs text-muted">
        {wanted ? `${t('matrix-found', { shown: shown.length, all: RESOURCES.length })} · ` : ''}
        {t('matrix-count', { chosen: RESOURCES.filter(({ name }) => levelOf(scopes, name) !== 'none').length })}
      </p>
    </div>
  );
}

/** A scope may be the words of its resource with hyphens between them; then it is not written twice. */
const spelled = (text: string) => fold(text).replaceAll('-', ' ');

function ResourceRow({ resource, scopes, own, choose }: Props & { resource: ScopeResource }) {
  const t = useTranslations('key-form');
  const id = useId();
  const word = useResourceWord()(resource.name);
  const level = levelOf(scopes, resource.name);
  const writeOnly = isWriteOnly(scopes, resource.name);
  const lacking = (wanted: PermissionLevel): string | null => {
    if (wanted === 'none' || own === null) return null;
    const scope = `${resource.name}:${wanted}`;
    return allows(own, scope) === 'yes' ? null : scope;
  };
  const why = lacking('read') ?? (resource.writable ? lacking('write') : null);
  const scopeName = scopes.includes(`${resource.name}:*`) ? `${resource.name}:*` : resource.name;
  return (
    <fieldset aria-describedby={why ? `${id}-why` : undefined} className={`${COLUMNS} px-3 py-1`}>
      <legend className="sr-only">{word}</legend>
      <span className="min-w-0">
        <span aria-hidden className="inline-block first-letter:uppercase">
          {word}
        </span>
        {spelled(scopeName) === spelled(word) ? null : (
          <code aria-hidden className="ml-2 font-mono text-xs text-muted">
            {scopeName}
          </code>
        )}
        {why ? <MissingScopeNote id={`${id}-why`} scope={why} /> : null}
      </span>
      {LEVELS.filter((one) => one !== 'write' || resource.writable).map((one) => {
        const lacks = lacking(one) !== null;
        const onlyWrites = one === 'write' && writeOnly;
        return (
          <label
            key={one}
            className={`grid min-h-8 place-items-center rounded-sm text-center text-xs hover:bg-hover ${lacks ? 'cursor-not-allowed' : 'cursor-pointer'}`}
          >
            <input
              type="radio"
              name={id}
              checked={level === one}
              disabled={lacks}
              onChange={() => choose(withLevel(scopes, resource, one))}
              className="size-4 cursor-[inherit] accent-(--accent)"
            />
            <span className={onlyWrites ? '' : 'sr-only'}>{onlyWrites ? t('write-only') : t(`levels.${one}`)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** A resource's name in the reader's language; its own where there is none. */
function useResourceWord() {
  const t = useTranslations('scopes');
  return (name: string): string => anyKey(t)(`resources.${name}`) ?? name;
}
