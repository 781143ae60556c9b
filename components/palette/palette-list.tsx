'use client';

import { ChevronRight, SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useRequest } from '#components/ui/locked/request-texts.tsx';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import { seenOr } from '#lib/omni/seen.ts';
import type { PaletteChoice, PaletteGroup } from './palette-groups.ts';
import type { PaletteItem } from './palette-item.ts';
import type { BlockedById } from './use-blocked.ts';
import { ChoiceIcon } from './choice-icon.ts';
import { KeysShown } from './shortcuts/keys-shown.tsx';

type Props = {
  id: string;
  label: string;
  groups: readonly PaletteGroup[];
  active: string | null;
  choose: (id: string) => void;
  run: (choice: PaletteChoice, newTab: boolean) => void;
  /** Where the people of the lines are blocked. */
  blocked: BlockedById;
  more: (item: PaletteItem) => void;
  /** The sentence where there is no line; null where there is one. */
  empty: string | null;
};

const HEIGHT = 'h-[min(26rem,calc(100dvh-12rem))]';

/** The lines under their headings. The focus stays in the field, which names the active line by its id. */
export function PaletteList({ id, label, groups, active, empty, ...does }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
    const isFirst = groups.find(({ choices }) => choices.length > 0)?.choices[0]?.id === active;
    if (isFirst && box.current) box.current.scrollTop = 0;
  }, [id, active, groups]);
  return (
    <>
      <div
        ref={box}
        id={id}
        role="listbox"
        aria-label={label}
        hidden={empty !== null}
        className={`${HEIGHT} overflow-y-auto overscroll-contain scroll-py-2 p-2`}
      >
        {groups.map((group) =>
          group.choices.length > 0 || group.pending ? (
            <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}-title`} className="mb-1">
              <div id={`${id}-${group.id}-title`} role="presentation" className="px-2 pt-2 pb-1 text-xs text-muted">
                <span className="font-medium">{group.title}</span>
                {group.note ? ` · ${group.note}` : null}
              </div>
              {group.choices.map((choice) => (
                <Line
                  key={choice.id}
                  id={`${id}-${choice.id}`}
                  choice={choice}
                  active={choice.id === active}
                  {...does}
                />
              ))}
              {group.pending && group.choices.length === 0 ? <SkeletonLines /> : null}
            </div>
          ) : null,
        )}
      </div>
      {empty === null ? null : (
        <div className={`${HEIGHT} flex flex-col items-center justify-center gap-2 px-6 text-center text-muted`}>
          <SearchX aria-hidden className="size-6" />
          {empty}
        </div>
      )}
    </>
  );
}

type LineProps = Pick<Props, 'choose' | 'run' | 'more' | 'blocked'> & {
  id: string;
  choice: PaletteChoice;
  active: boolean;
};

function Line({ id, choice, active, choose, run, more, blocked }: LineProps) {
  const t = useTranslations('palette');
  const { icon, label, detail, locked, of, keys, person } = choice;
  const request = useRequest();
  const below = locked ? `${locked.text} · ${request.label}` : detail;
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={locked ? true : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => active || choose(choice.id)}
      onClick={(event) => {
        const onMore = event.target instanceof Element && event.target.closest('[data-more]') !== null;
        if (of && onMore) more(of);
        else run(choice, event.ctrlKey || event.metaKey);
      }}
      className={`flex min-h-10 w-full items-center gap-3 rounded px-2 py-1 text-left ${active ? 'bg-hover outline-2 -outline-offset-2 outline-accent-text' : ''}`}
    >
      <ChoiceIcon name={icon} />
      <span className={`min-w-0 grow ${locked ? 'text-muted' : ''}`}>
        <span className="block truncate">{label}</span>
        {below ? <span className="block truncate text-xs text-muted">{below}</span> : null}
      </span>
      <BlockedHere blocked={blockedOf(blocked, person)} />
      {keys ? (
        <span aria-hidden className="pointer-coarse:hidden">
          <KeysShown keys={keys.split(' ')} />
        </span>
      ) : null}
      {of ? (
        <span
          data-more
          aria-hidden
          title={t('hints.more')}
          className="-my-1 -mr-1 grid size-9 shrink-0 place-items-center rounded text-muted hover:bg-inset hover:text-text"
        >
          <ChevronRight className="size-4" />
        </span>
      ) : null}
    </button>
  );
}

/** Where the person of a line is blocked, as far as that was read. */
function blockedOf(blocked: BlockedById, person: string | undefined) {
  const seen = blocked.get(person ?? '');
  return seen ? seenOr(seen, null) : null;
}

function SkeletonLines() {
  return (
    <div aria-hidden>
      {[0, 1].map((row) => (
        <div key={row} className="flex h-10 items-center gap-3 px-2">
          <div className="skeleton size-4" />
          <div className={`skeleton h-3 ${row === 0 ? 'w-1/3' : 'w-1/4'}`} />
        </div>
      ))}
    </div>
  );
}
