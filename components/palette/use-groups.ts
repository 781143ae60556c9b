'use client';

import { useTranslations } from 'use-intl/react';
import { needsScope } from '#components/ui/locked/locked.ts';
import { anyKey, problemWords } from '#lib/i18n/any-key.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { matchWords } from '#lib/text/match-words.ts';
import { WORDS } from './actions/action-words.ts';
import { actionsOf, SECTIONS, type Action } from './actions/actions.ts';
import { findActions } from './actions/find-actions.ts';
import type { PaletteChoice, PaletteGroup } from './palette-groups.ts';
import { pathOf, type PaletteItem, type ItemKind } from './palette-item.ts';
import { SOURCES, type SourceAnswer } from './sources.ts';

/** Where the palette is: at everything, at the actions of an item, or choosing the item of an action. */
export type Frame =
  | { at: 'root' }
  | { at: 'item'; item: PaletteItem }
  | { at: 'pick'; kind: ItemKind; title: string; to: (item: PaletteItem) => string };

type GroupsInput = {
  frame: Frame;
  query: string;
  /** The text the sources search: never a whole key. */
  searched: string;
  /** The searched sources and their answers; null: none yet. */
  kinds: readonly ItemKind[];
  answerOf: (kind: ItemKind) => SourceAnswer | null;
  recent: readonly PaletteItem[];
  /** The page whose address was pasted. */
  page: string | null;
  scopes: readonly string[] | null;
  several: boolean;
};

/** The lines under their headings, by where the palette is and what is typed. */
export function useGroups({
  frame,
  query,
  searched,
  kinds,
  answerOf,
  recent,
  page,
  scopes,
  several,
}: GroupsInput): PaletteGroup[] {
  const t = useTranslations('palette');
  const tUi = useTranslations('ui');
  const tProblem = useTranslations('problems');
  const labelOf = (id: string) => anyKey(t)(`actions.${id}`) ?? id;
  const lockedBy = (scope: string | undefined) =>
    scope && allows(scopes, scope) === 'no' ? needsScope(tUi, scope) : undefined;

  function actionChoice({ id, does, scope, keys }: Action, label: string): PaletteChoice {
    return { id: `do-${id}`, icon: id, label, locked: lockedBy(scope), does, keys };
  }

  function itemChoice(item: PaletteItem, group: string): PaletteChoice {
    const label = item.name ?? t(`nameless.${item.kind}`);
    const state = item.kind !== 'person' && item.state ? t(`states.${item.state}`) : null;
    const detail = [state, item.detail].filter(Boolean).join(' · ');
    const person = item.kind === 'person' ? item.id : undefined;
    const base = { id: `${group}-${item.id}`, icon: item.kind, label, detail, person };
    if (frame.at === 'pick') return { ...base, does: { go: frame.to(item) } };
    return { ...base, does: { go: pathOf(item) }, of: item };
  }

  function sourceGroup(kind: ItemKind): PaletteGroup {
    const answer = answerOf(kind);
    const group: PaletteGroup = { id: kind, title: t(`kinds.${kind}`), choices: [] };
    if (!answer) return { ...group, pending: true };
    const { items, total, pending, problem, unread, incomplete } = answer;
    const partial = Boolean(problem ?? incomplete) || (unread?.length ?? 0) > 0;
    const choices = items.map((item) => itemChoice(item, 'found'));
    if (total > items.length && frame.at === 'root')
      choices.push({
        id: `all-${kind}`,
        icon: 'all',
        label: pending || partial ? t('all-found') : t('all', { count: total }),
        does: { go: listOf(kind, searched) },
      });
    const failed = problem
      ? t('failed', {
          why: problemWords(tProblem, problem, { scope: SOURCES[kind].scope }).title,
        })
      : unread && unread.length > 0
        ? t('unread', { names: unread.join(', ') })
        : null;
    if (failed)
      choices.push({ id: `again-${kind}`, icon: 'failed', label: failed, detail: tUi('retry'), does: { again: kind } });
    return { ...group, choices, pending, total, partial, note: noteOf(answer) };
  }

  function noteOf({ items, total, pending, incomplete, unread = [] }: SourceAnswer): string | undefined {
    if (pending || unread.length > 0) return undefined;
    if (incomplete) return t('incomplete');
    return frame.at === 'pick' && total > items.length ? t('some', { shown: items.length, total }) : undefined;
  }

  function recentGroup(items: readonly PaletteItem[]): PaletteGroup {
    return { id: 'recent', title: t('recent'), choices: items.map((item) => itemChoice(item, 'recent')) };
  }

  const offered = (action: Action) => several || action.id !== 'other-server';
  if (frame.at === 'item') {
    const { item } = frame;
    const lines: [PaletteChoice, string?][] = [
      [{ id: 'open', icon: item.kind, label: t('of.open'), does: { go: pathOf(item) } }],
      ...actionsOf(item).map((action): [PaletteChoice, string] => [
        actionChoice(action, anyKey(t)(`of.${action.id}`) ?? action.id),
        WORDS[action.id],
      ]),
      [{ id: 'copy', icon: 'copy', label: t('of.copy-id'), detail: item.id, does: { copy: item.id } }],
    ];
    const choices = lines
      .filter(([{ label }, words = '']) => !query || matchWords(query, label, words.split(', ')) !== null)
      .map(([choice]) => choice);
    return [{ id: 'item', title: t('actions-title'), choices }];
  }
  if (frame.at === 'pick') {
    const remembered = query ? [] : recent.filter(({ kind }) => kind === frame.kind);
    return [...(remembered.length > 0 ? [recentGroup(remembered)] : []), ...kinds.map(sourceGroup)];
  }
  if (page) {
    const choice = { id: 'page', icon: 'all', label: t('open-page'), detail: page, does: { go: page } };
    return [{ id: 'page', title: t('sections.go'), choices: [choice] }];
  }
  if (query) {
    const choices = findActions(query, labelOf)
      .filter(offered)
      .map((action) => actionChoice(action, labelOf(action.id)))
      .toSorted((a, b) => Number(Boolean(a.locked)) - Number(Boolean(b.locked)));
    return [{ id: 'actions', title: t('actions-title'), choices }, ...kinds.map(sourceGroup)];
  }
  return [
    recentGroup(recent),
    ...SECTIONS.map(({ id, actions }) => ({
      id,
      title: t(`sections.${id}`),
      choices: actions.filter(offered).map((action) => actionChoice(action, labelOf(action.id))),
    })),
  ];
}

const LISTS = { person: '/persons', route: '/routes', key: '/keys' };

/** The list page with all results; the list of keys shows only working keys unless asked for all. */
function listOf(kind: ItemKind, q: string): string {
  const query = new URLSearchParams(kind === 'key' ? { q, show: 'all' } : { q });
  return `${LISTS[kind]}?${query}`;
}
