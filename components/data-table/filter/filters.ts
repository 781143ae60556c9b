import { fold } from '#lib/text/fold.ts';

type Choice = { id: string; name: string };

/** What a list can be narrowed by, under its name in the address: one of some choices, or something typed. */
export type ListFilter = { id: string; label: string } & (
  | { choices: readonly Choice[] }
  | { input: 'text' | 'date' | 'datetime-local' | 'number'; placeholder?: string; pattern?: string; hint?: string }
);

/** One line of the list that opens under *Filter*. */
export type FilterOption = { filter: ListFilter; choice?: Choice };

const MOST = 60;

/** Writes a moment that a date field holds; it is in no zone, and read as UTC. */
type WriteMoment = (at: Date, style: { dateStyle: 'medium'; timeStyle?: 'short' }) => string;

/** How a chosen value is called: a day as a day is written, a choice by its name, its beginning where it is none of the choices. */
export function chosenName(filter: ListFilter, value: string, write: WriteMoment): string {
  if ('choices' in filter) return filter.choices.find(({ id }) => id === value)?.name ?? value.slice(0, 8);
  if (!filter.input.startsWith('date')) return value;
  const at = new Date(filter.input === 'date' ? value : `${value}Z`);
  if (Number.isNaN(at.getTime())) return value;
  return write(at, filter.input === 'date' ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
}

/** What is offered: the values of `of`, or the filters, and while somebody types every value that has the words. */
export function offered(filters: readonly ListFilter[], of: ListFilter | null, text: string): FilterOption[] {
  const words = fold(text).split(' ').filter(Boolean);
  const has = (name: string) => {
    const folded = fold(name);
    return words.every((word) => folded.includes(word));
  };
  if (of)
    return valuesOf(of)
      .filter(({ choice }) => has(choice?.name ?? ''))
      .slice(0, MOST);
  const named = filters.filter(({ label }) => has(label)).map((filter): FilterOption => ({ filter }));
  if (words.length === 0) return named;
  const values = filters.flatMap((filter) =>
    valuesOf(filter).filter(({ choice }) => has(`${filter.label} ${choice?.name ?? ''}`)),
  );
  return [...named, ...values].slice(0, MOST);
}

function valuesOf(filter: ListFilter): FilterOption[] {
  return 'choices' in filter ? filter.choices.map((choice) => ({ filter, choice })) : [];
}
