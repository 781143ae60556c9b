'use client';

import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { singleKeysOn } from '#components/shell/preferences.ts';

const CONTROLS = 'a[href], button, input, select, summary';
const ROWS = ':scope > [data-id]';
/** How long `g` waits for its second key (`LEAD_MS` of the shortcuts). */
const LEAD_MS = 2000;

type Keys = {
  /** Selects or unselects a row; `range`: from the last one touched. */
  toggle?: ((id: string, range: boolean) => void) | undefined;
  select?: ((id: string) => void) | undefined;
  all?: (() => void) | undefined;
  clear?: (() => void) | undefined;
};

/**
 * One Tab stop enters the rows, arrows (and `j`, `k`, Home, End) move between them in the same column, left and right within one.
 * Enter opens the row, `x` and Shift select. What is in the other rows has no Tab stop of its own; rows that come later are met
 * by a MutationObserver, so no cell has to know of this. Until the page is alive every control is a stop.
 */
export function useRovingRows(
  body: RefObject<HTMLElement | null>,
  keys: Keys,
): (event: KeyboardEvent<HTMLElement>) => void {
  const current = useRef<string>(undefined);
  const led = useRef(-LEAD_MS);

  useEffect(() => {
    const rows = body.current;
    if (!rows) return;
    const give = (row: Element | null | undefined, on: boolean) => {
      if (!row) return;
      const main = on ? mainOf(row) : null;
      for (const control of row.querySelectorAll<HTMLElement>(CONTROLS)) control.tabIndex = control === main ? 0 : -1;
    };
    const settle = () => {
      const first = rows.querySelector<HTMLElement>(ROWS);
      if (!byId(rows, current.current)) current.current = first?.dataset.id;
      give(byId(rows, current.current), true);
    };
    const known = new WeakSet<Element>();
    for (const row of rows.querySelectorAll(ROWS)) {
      known.add(row);
      give(row, false);
    }
    settle();
    const watch = new MutationObserver((changes) => {
      const touched = new Set(changes.flatMap(({ addedNodes, target }) => [...addedNodes, target]));
      for (const node of touched) {
        const element = node instanceof Element ? node : node.parentElement;
        const row = element?.closest('[data-id]');
        // A row that was only moved is as it was: after a sort that is every row.
        if (!row || !rows.contains(row) || (element === row && known.has(row))) continue;
        known.add(row);
        give(row, (row as HTMLElement).dataset.id === current.current);
      }
      settle();
    });
    watch.observe(rows, { childList: true, subtree: true });
    const focused = ({ target }: FocusEvent) => {
      const row = (target as HTMLElement).closest<HTMLElement>('[data-id]');
      if (!row) return;
      if (row.dataset.id !== current.current) give(byId(rows, current.current), false);
      current.current = row.dataset.id;
      give(row, false);
      (target as HTMLElement).tabIndex = 0;
    };
    rows.addEventListener('focusin', focused);
    // With nothing focused, `j` enters the list; after the shortcuts of two keys had their say.
    const entered = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'j' || document.activeElement !== document.body || !singleKeysOn()) return;
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      setTimeout(() => event.defaultPrevented || mainOf(byId(rows, current.current))?.focus());
    };
    addEventListener('keydown', entered);
    return () => {
      watch.disconnect();
      rows.removeEventListener('focusin', focused);
      removeEventListener('keydown', entered);
    };
  }, [body]);

  return (event) => {
    const rows = body.current;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-id]');
    const id = row?.dataset.id;
    if (!rows || !row || !id || !rows.contains(row) || event.defaultPrevented || event.altKey) return;
    const done = () => event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a' || !keys.all) return;
      done();
      return keys.all();
    }
    if (event.key === 'g') led.current = event.timeStamp;
    const single = singleKeysOn() && event.timeStamp - led.current >= LEAD_MS;
    const key = event.key.length === 1 ? (single ? event.key.toLowerCase() : '') : event.key;
    const to = goal(rows, row, key);
    if (to) {
      done();
      const next = sameColumn(to, target);
      next?.focus();
      to.scrollIntoView({ block: 'nearest' });
      if (event.shiftKey && keys.select && event.key.startsWith('Arrow')) {
        keys.select(id);
        if (to.dataset.id) keys.select(to.dataset.id);
      }
      return;
    }
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      const all = [...row.querySelectorAll<HTMLElement>(CONTROLS)].filter((each) => each.checkVisibility());
      const beside = all[all.indexOf(target) + (key === 'ArrowRight' ? 1 : -1)];
      if (!beside) return;
      done();
      beside.focus();
    } else if (key === 'x' && keys.toggle) {
      done();
      keys.toggle(id, event.shiftKey);
    } else if (key === 'Enter' && target instanceof HTMLInputElement) {
      done();
      mainOf(row)?.click();
    } else if (key === 'Escape') keys.clear?.();
  };
}

function byId(rows: HTMLElement, id: string | undefined): HTMLElement | null {
  return id === undefined ? null : rows.querySelector<HTMLElement>(`:scope > [data-id="${CSS.escape(id)}"]`);
}

/** What Enter opens: the row's link, else its first control. */
function mainOf(row: Element | null | undefined): HTMLElement | null {
  return row?.querySelector<HTMLElement>('[data-main] a[href]') ?? row?.querySelector<HTMLElement>(CONTROLS) ?? null;
}

function goal(rows: HTMLElement, row: HTMLElement, key: string): HTMLElement | null {
  const next = (step: 'nextElementSibling' | 'previousElementSibling') => row[step] as HTMLElement | null;
  if (key === 'ArrowDown' || key === 'j') return next('nextElementSibling');
  if (key === 'ArrowUp' || key === 'k') return next('previousElementSibling');
  if (key === 'Home') return rows.firstElementChild as HTMLElement | null;
  if (key === 'End') return rows.lastElementChild as HTMLElement | null;
  return null;
}

/** The control in the same column of another row, else that row's own link. */
function sameColumn(row: HTMLElement, from: HTMLElement): HTMLElement | null {
  const column = from.closest<HTMLElement>('[data-column]')?.dataset.column;
  const there = column ? row.querySelector<HTMLElement>(`[data-column="${column}"]`) : null;
  const control = [...(there?.querySelectorAll<HTMLElement>(CONTROLS) ?? [])].find((each) => each.checkVisibility());
  return control ?? mainOf(row);
}
