'use client';

import { useTranslations } from 'use-intl/react';
import { allows } from '#lib/scopes/scopes.ts';
import { matchWords } from '#lib/text/match-words.ts';
import { WORDS } from './actions/action-words.ts';
import { actionsOf, SECTIONS, type Action } from './actions/actions.ts';
import { findActions } from './actions/find-actions.ts';
import type { Choice, Group } from './groups.ts';
import { pathOf, type Hit, type Kind } from './hit.ts';
import { SOURCES, type Found } from './lookup.ts';

/** Where the palette is: at everything, at what can be done with a hit, or choosing the hit an action is about. */
export type Frame =
  | { at: 'root' }
  | { at: 'hit'; hit: Hit }
  | { at: 'pick'; kind: Kind; title: string; to: (hit: Hit) => string };

type Seen = {
  frame: Frame;
  query: string;
  /** What the sources are asked: never a whole key. */
  asked: string;
  /** Which sources are asked, and what they said; null: nothing yet. */
  kinds: readonly Kind[];
  foundOf: (kind: Kind) => Found | null;
  recent: { hits: readonly Hit[]; pending: boolean };
  scopes: readonly string[] | null;
  several: boolean;
};

/** The lines under their headings, for where the palette is and what is typed. */
export function useGroups({ frame, query, asked, kinds, foundOf, recent, scopes, several }: Seen): Group[] {
  const t = useTranslations('palette');
  const tUi = useTranslations('ui');
  const tProblem = useTranslations('problems');
  const labelOf = (id: string) => t(`actions.${id}` as never);
  const lockedBy = (scope: string | undefined) =>
    scope && allows(scopes, scope) === 'no' ? tUi('needs-scope', { scope }) : undefined;

  function ofAction({ id, does, scope, keys }: Action, label: string): Choice {
    return { id: `do-${id}`, icon: id, label, locked: lockedBy(scope), does, keys };
  }

  function ofHit(hit: Hit, group: string): Choice {
    const label = hit.name ?? t(`nameless.${hit.kind}`);
    const state = hit.kind !== 'person' && hit.state ? t(`states.${hit.state}`) : null;
    const detail = [state, hit.detail].filter(Boolean).join(' · ');
    const base = { id: `${group}-${hit.id}`, icon: hit.kind, label, detail };
    if (frame.at === 'pick') return { ...base, does: { go: frame.to(hit) } };
    return { ...base, does: { go: pathOf(hit) }, of: hit };
  }

  function ofSource(kind: Kind): Group {
    const found = foundOf(kind);
    const group: Group = { id: kind, title: t(`kinds.${kind}`), choices: [] };
    if (!found) return { ...group, pending: true };
    const { hits, total, pending, problem, unread } = found;
    const choices = hits.map((hit) => ofHit(hit, 'found'));
    if (total > hits.length && frame.at === 'root')
      choices.push({
        id: `all-${kind}`,
        icon: 'all',
        label: t('all', { count: total }),
        does: { go: listOf(kind, asked) },
      });
    const failed = problem
      ? t('failed', {
          why: tProblem.has(`${problem}.title` as never)
            ? tProblem(`${problem}.title` as never, { scope: SOURCES[kind].scope } as never)
            : tProblem('unexpected.title'),
        })
      : unread && unread.length > 0
        ? t('unread', { names: unread.join(', ') })
        : null;
    if (failed)
      choices.push({ id: `again-${kind}`, icon: 'failed', label: failed, detail: tUi('retry'), does: { again: kind } });
    return { ...group, choices, pending, note: noteOf(found) };
  }

  function noteOf({ hits, total, pending, incomplete }: Found): string | undefined {
    if (pending) return undefined;
    if (incomplete) return t('incomplete');
    return frame.at === 'pick' && total > hits.length ? t('some', { shown: hits.length, total }) : undefined;
  }

  function ofRecent(hits: readonly Hit[]): Group {
    const choices = hits.filter(({ name }) => name !== null).map((hit) => ofHit(hit, 'recent'));
    return { id: 'recent', title: t('recent'), choices, pending: recent.pending };
  }

  const offered = (action: Action) => several || action.id !== 'other-server';
  if (frame.at === 'hit') {
    const { hit } = frame;
    const lines: [Choice, string?][] = [
      [{ id: 'open', icon: hit.kind, label: t('of.open'), does: { go: pathOf(hit) } }],
      ...actionsOf(hit).map((action): [Choice, string] => [
        ofAction(action, t(`of.${action.id}` as never)),
        WORDS[action.id],
      ]),
      [{ id: 'copy', icon: 'copy', label: t('of.copy-id'), detail: hit.id, does: { copy: hit.id } }],
    ];
    const choices = lines
      .filter(([{ label }, words = '']) => !query || matchWords(query, label, words.split(', ')) !== null)
      .map(([choice]) => choice);
    return [{ id: 'hit', title: t('actions-title'), choices }];
  }
  if (frame.at === 'pick') {
    const remembered = query ? [] : recent.hits.filter(({ kind }) => kind === frame.kind);
    return [...(remembered.length > 0 ? [ofRecent(remembered)] : []), ...kinds.map(ofSource)];
  }
  if (query) {
    const choices = findActions(query, labelOf)
      .filter(offered)
      .map((action) => ofAction(action, labelOf(action.id)))
      .toSorted((a, b) => Number(Boolean(a.locked)) - Number(Boolean(b.locked)));
    return [{ id: 'actions', title: t('actions-title'), choices }, ...kinds.map(ofSource)];
  }
  return [
    ofRecent(recent.hits),
    ...SECTIONS.map(({ id, actions }) => ({
      id,
      title: t(`sections.${id}`),
      choices: actions.filter(offered).map((action) => ofAction(action, labelOf(action.id))),
    })),
  ];
}

const LISTS = { person: '/persons', route: '/routes', key: '/keys' };

/** The list that shows all of what was found; that of keys shows those that work unless asked. */
function listOf(kind: Kind, q: string): string {
  const query = new URLSearchParams(kind === 'key' ? { q, show: 'all' } : { q });
  return `${LISTS[kind]}?${query}`;
}
