'use client';

import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { LookupFailed } from '#components/lookups/ask.ts';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { fold } from '#lib/text/fold.ts';
import type { PickerOption, PickerRows, PickerSearch } from './option.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE = 8;

type Options = { search: PickerSearch; pick: (option: PickerOption | null) => void; disabled: boolean };

/** What a picker does: opens with a list, searches while somebody types, moves over the rows, takes one. */
export function usePicker({ search, pick, disabled }: Options) {
  const [text, setText] = useState<string | null>(null);
  const [found, setFound] = useState<PickerRows | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const call = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** `hurried`: Enter was pressed while the answer to what stands in the field was on its way. */
  const wait = useRef<'no' | 'asked' | 'hurried'>('no');
  const moved = useRef(false);
  const open = text !== null;
  const rows = found?.rows ?? [];
  const at = active === null ? -1 : rows.findIndex(({ id }) => id === active);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      call.current?.abort();
    },
    [],
  );

  function searchSoon(query: string, delay: number) {
    call.current?.abort();
    clearTimeout(timer.current);
    wait.current = 'asked';
    moved.current = false;
    setActive(null);
    const own = new AbortController();
    call.current = own;
    timer.current = setTimeout(() => void answer(query.trim(), own), delay);
  }

  async function answer(query: string, own: AbortController) {
    try {
      for await (const known of each(search(query, own.signal))) {
        if (own.signal.aborted) return;
        take(query, known);
      }
    } catch (error) {
      const problem = error instanceof LookupFailed ? error.problem : 'unexpected';
      if (!own.signal.aborted) take(query, { rows: [], problem });
    }
  }

  function take(query: string, known: PickerRows) {
    const [first] = known.rows;
    if (wait.current === 'hurried' && first) {
      close();
      return pick(first);
    }
    if (!known.pending) wait.current = 'no';
    setFound(known);
    // Whoever moves over the rows stays on theirs when more come, for as long as it is there.
    setActive((now) => {
      if (moved.current && known.rows.some(({ id }) => id === now)) return now;
      moved.current = false;
      return query && first ? first.id : null;
    });
  }

  function close() {
    call.current?.abort();
    clearTimeout(timer.current);
    wait.current = 'no';
    setText(null);
    setFound(null);
    setActive(null);
  }

  function show() {
    if (open || disabled) return;
    setText('');
    searchSoon('', 0);
  }

  function choose(option: PickerOption) {
    close();
    pick(option);
  }

  function type(next: string) {
    const id = next.trim().toLowerCase();
    if (UUID.test(id)) return choose(rows.find((row) => row.id === id) ?? { id, name: id });
    setText(next);
    // Until the answer comes, nobody is offered who does not fit what stands in the field.
    setFound((now) => now && { ...now, rows: now.rows.filter((row) => fits(row, next)), pending: true });
    searchSoon(next, typingRest());
  }

  function move(to: number) {
    if (wait.current === 'hurried') wait.current = 'asked';
    moved.current = true;
    setActive(rows[to]?.id ?? null);
  }

  /** The keys of a combobox with a list (ARIA Authoring Practices): the focus stays in the field. */
  function onKey(event: KeyboardEvent) {
    const last = rows.length - 1;
    if (event.key === 'Escape') {
      if (!open) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter') {
      if (!open) return;
      event.preventDefault();
      const active = rows[at];
      if (active) choose(active);
      else if (text.trim() && wait.current === 'asked') wait.current = 'hurried';
    } else if (event.key === 'Tab' || (event.key === 'ArrowUp' && event.altKey)) close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) show();
      else if (!event.altKey)
        move((at + (event.key === 'ArrowDown' ? 1 : at < 0 ? 0 : -1) + rows.length) % rows.length);
    } else if (open && (event.key === 'PageDown' || event.key === 'PageUp')) {
      event.preventDefault();
      move(event.key === 'PageDown' ? Math.min(at + PAGE, last) : Math.max(at - PAGE, 0));
    }
  }

  return {
    open,
    text,
    found,
    rows,
    at,
    show,
    close,
    choose,
    type,
    onKey,
    again: () => searchSoon(text ?? '', 0),
  };
}

function fits({ name, detail = '', alias = '' }: PickerOption, text: string): boolean {
  return fold(`${name} ${detail} ${alias}`).includes(fold(text.trim()));
}

async function* each(answer: ReturnType<PickerSearch>): AsyncGenerator<PickerRows> {
  if (Symbol.asyncIterator in answer) yield* answer;
  else yield await answer;
}
