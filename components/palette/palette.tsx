'use client';

import { ChevronLeft, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl/react';
import { CloseButton } from '#components/ui/overlay/close-button.tsx';
import { allows } from '#lib/scopes/scopes.ts';
import { pastedPage } from './actions/pasted-page.ts';
import { toPaletteQuery } from './actions/palette-query.ts';
import { countOf, firstChoice, step, type PaletteChoice, type PaletteGroup } from './palette-groups.ts';
import type { ItemKind } from './palette-item.ts';
import { SOURCES } from './sources.ts';
import type { MissingScope } from '#components/ui/locked/locked.ts';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { firstFailed } from '#lib/omni/seen.ts';
import { useRequest } from '#components/ui/locked/request-texts.tsx';
import { PaletteFoot } from './palette-foot.tsx';
import { PaletteList } from './palette-list.tsx';
import { useGroups, type Frame } from './use-groups.ts';
import { useLookups } from './use-lookups.ts';
import { recall } from './recent/recent.ts';
import { useBlocked } from './use-blocked.ts';
import { useRun } from './actions/use-run.ts';

export type PaletteProps = {
  actor: string;
  scopes: readonly string[] | null;
  /** There are other servers to switch to. */
  several: boolean;
  /** The text typed before this part was loaded. */
  typed: string;
  close: () => void;
  showSheet: () => void;
};

const NONE_YET: readonly PaletteGroup[] = [];

type Level = { frame: Frame; text: string };

const KINDS: readonly ItemKind[] = ['person', 'route', 'key'];
const MOVES = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End']);

/** Finds people, routes, keys and actions by words; opens or runs the chosen line. */
export function Palette({ actor, scopes, several, typed, close, showSheet }: PaletteProps) {
  const t = useTranslations('palette');
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  /** The text for which Enter was pressed before there was a line to run. */
  const enterPressedAt = useRef('');
  const [below, setBelow] = useState<Level[]>([]);
  const [{ frame, text }, setLevel] = useState<Level>({ frame: { at: 'root' }, text: typed });
  const [chosen, choose] = useState<string | null>(null);
  const [announced, announce] = useState('');
  const runAction = useRun(showSheet);
  const tUi = useTranslations('ui');
  const request = useRequest();
  const verdicts = useVerdictText();
  const [recent] = useState(() => recall(actor));

  const query = text.trim();
  const page = frame.at === 'root' ? pastedPage(query, location.origin) : null;
  const search = page ? null : toPaletteQuery(query);
  const wanted = frame.at === 'root' ? KINDS : frame.at === 'pick' ? [frame.kind] : [];
  const lists = frame.at === 'pick' && frame.kind !== 'person' && query === '';
  const allowed = (kind: ItemKind) => allows(scopes, SOURCES[kind].scope) !== 'no';
  const kinds = search || lists ? wanted.filter((kind) => allowed(kind) && (!search?.onlyKeys || kind === 'key')) : [];
  const locked = search ? wanted.filter((kind) => !allowed(kind)) : [];
  const lookups = useLookups(search?.text ?? '', kinds);
  const all = useGroups({
    frame,
    query,
    searched: search?.text ?? '',
    kinds,
    answerOf: lookups.answerOf,
    recent,
    page,
    scopes,
    several,
  });
  // The field is painted and takes keys before the lines are rendered.
  const painted = useDeferredValue(true, false);
  const groups = painted ? all : NONE_YET;
  const choices = groups.flatMap((group) => group.choices);
  const first = firstChoice(groups);
  const active = choices.find(({ id }) => id === chosen) ?? choices.find(({ id }) => id === first) ?? null;
  const people = choices.flatMap(({ person }) => person ?? []);
  const blocked = useBlocked(allows(scopes, 'access:read') === 'no' ? [] : people);
  const notRead = firstFailed(people.map((id) => blocked.get(id)));
  const pending = !painted || groups.some((group) => group.pending);
  if (active && active.id !== chosen) choose(active.id);

  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(text.length, text.length);
    // oxlint-disable-next-line react/exhaustive-deps -- only when the frame changes
  }, [frame]);

  useEffect(() => {
    if (!active || enterPressedAt.current === '') return;
    const same = enterPressedAt.current === text;
    enterPressedAt.current = '';
    if (same && !('again' in active.does)) run(active, false);
  });

  function turn(next: Level, levels: Level[]) {
    enterPressedAt.current = '';
    setBelow(levels);
    setLevel(next);
    choose(null);
    announce('');
  }

  const enter = (next: Frame) => turn({ frame: next, text: '' }, [...below, { frame, text }]);

  function back() {
    const last = below.at(-1);
    if (last) turn(last, below.slice(0, -1));
    else close();
  }

  function run({ does, locked, label }: PaletteChoice, newTab: boolean) {
    if (locked) return void askFor(locked, label);
    if ('again' in does) return lookups.again(does.again);
    if ('pick' in does) {
      const action = choices.find((choice) => choice.does === does);
      return enter({ at: 'pick', kind: does.pick, to: does.to, title: action?.label ?? '' });
    }
    close();
    return runAction(does, newTab);
  }

  /** Copies a request for what a line lacks; where the browser denies it, the request is told. */
  async function askFor({ scope, text: needs }: MissingScope, label: string) {
    const wanted = request.textFor(scope);
    const copied = await navigator.clipboard.writeText(wanted).then(
      () => true,
      () => false,
    );
    announce(`${label}: ${needs}. ${copied ? tUi('copied') : wanted}`);
  }

  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const { selectionStart, value } = event.currentTarget;
    if (event.nativeEvent.isComposing || altKey) return;
    if (key === 'Enter') {
      event.preventDefault();
      if (active) run(active, ctrlKey || metaKey);
      else enterPressedAt.current = text;
    } else if (key === 'Escape') {
      event.preventDefault();
      back();
    } else if (ctrlKey || metaKey || shiftKey) {
      return;
    } else if (MOVES.has(key)) {
      event.preventDefault();
      choose(step(groups, active?.id ?? null, key));
      announce('');
    } else if (key === 'ArrowRight' && selectionStart === value.length && active?.of) {
      event.preventDefault();
      enter({ at: 'item', item: active.of });
    } else if ((key === 'ArrowLeft' || key === 'Backspace') && value === '' && below.length > 0) {
      event.preventDefault();
      back();
    }
  }

  function announcement(): string {
    if (pending) return t('searching');
    const count = countOf(groups);
    return count === null ? t('count-partial') : t('count', { count });
  }

  function emptyText(): string {
    if (!query) return t('type');
    return t(groups.some(({ partial }) => partial) ? 'nothing-partial' : 'nothing', { query });
  }

  const title =
    frame.at === 'item'
      ? (frame.item.name ?? t(`nameless.${frame.item.kind}`))
      : frame.at === 'pick'
        ? frame.title
        : '';
  return (
    <>
      <div className="flex h-12 items-center gap-2 border-b px-3">
        {title ? (
          <button
            type="button"
            aria-label={t('back', { from: title })}
            onClick={back}
            className="flex min-h-8 max-w-[45%] shrink-0 items-center gap-1 rounded bg-accent-soft pr-2 pl-1 text-sm text-accent-text"
          >
            <ChevronLeft aria-hidden className="size-4 shrink-0" />
            <span className="truncate">{title}</span>
          </button>
        ) : (
          <Search aria-hidden className="size-4 shrink-0 text-muted" />
        )}
        <input
          ref={input}
          role="combobox"
          aria-label={title || t('title')}
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${list}-${active.id}` : undefined}
          aria-describedby={`${list}-foot`}
          value={text}
          placeholder={t(
            frame.at === 'pick' ? `pick.${frame.kind}` : frame.at === 'item' ? 'pick.action' : 'placeholder',
          )}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          onChange={(event) => {
            enterPressedAt.current = '';
            setLevel({ frame, text: event.target.value });
            choose(null);
            announce('');
          }}
          onKeyDown={onKey}
          className="h-full min-w-0 grow bg-transparent text-lg outline-none"
        />
        <CloseButton label={t('close')} onClick={close} />
      </div>
      <p role="status" className="sr-only">
        {announced || (painted ? announcement() : '')}
      </p>
      <PaletteList
        id={list}
        label={title || t('title')}
        groups={groups}
        active={active?.id ?? null}
        choose={choose}
        run={run}
        blocked={blocked}
        more={(item) => enter({ at: 'item', item })}
        empty={choices.length === 0 && !pending ? emptyText() : null}
      />
      <PaletteFoot
        id={`${list}-foot`}
        nested={below.length > 0}
        more={Boolean(active?.of)}
        notes={[
          ...(notRead ? [{ text: verdicts.notSeen('blocks', notRead) }] : []),
          ...(announced ? [{ text: announced }] : []),
          ...(search?.onlyKeys ? [{ text: t('key-pasted') }] : []),
          ...locked.map((kind) => {
            const { scope } = SOURCES[kind];
            return { scope, text: t('not-searched', { what: t(`kinds.${kind}`), scope }) };
          }),
        ]}
      />
    </>
  );
}
