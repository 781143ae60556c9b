import 'server-only';
import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { readerOf } from '#lib/actions/runner.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { mergedInto, type MergedInto } from '#lib/persons/directory/merged-into.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

type Params = { [name: string]: string | string[] | undefined };

/** The parameter that names the ids an address had before it was followed. */
const WAS = 'was';
const MOST = 10;

/** A merge that an address was followed through: whom it led to, who did it and when, as far as the reader may see. */
export type FollowedMerge = MergedInto & { was: string; name: string };

/**
 * Leads to the same address with the people of today, where one of its ids was merged by the console. `names`: the parameters that
 * hold ids of people, with commas between several. An address that would name one person twice is left as it is.
 */
export async function followMerged(signed: Signed, path: string, params: Params, names: readonly string[]) {
  const asked = names.flatMap((name) => idsOf(params[name]).map((id) => ({ name, id })));
  const found = await Promise.all(asked.map(async (one) => ({ ...one, to: await readMerged(signed, one.id) })));
  const moved = found.filter(({ to }) => to !== null);
  const today = found.map(({ id, to }) => to?.id ?? id);
  if (moved.length === 0 || new Set(today).size < today.length) return;
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  for (const name of new Set(moved.map((one) => one.name)))
    query.set(name, found.flatMap((one) => (one.name === name ? (one.to?.id ?? one.id) : [])).join(','));
  query.set(WAS, moved.map(({ id }) => id).join(','));
  redirect(`${path}?${query}` as Route);
}

/** The merges that this address was followed through. */
export async function followedMerges(signed: Signed, params: Params): Promise<FollowedMerge[]> {
  const found = await Promise.all(
    idsOf(params[WAS]).map(async (was) => {
      const to = await readMerged(signed, was);
      if (!to) return [];
      const person = await getPerson(signed.omni, to.id);
      return person.ok ? [{ ...to, was, name: calledBy({ person: person.value }) }] : [];
    }),
  );
  return found.flat();
}

/** Where an id leads that the console merged; null where it knows of none, or its store doesn't answer. */
export async function readMerged(signed: Signed, id: string): Promise<MergedInto | null> {
  const found = await storeAnswer(store().then((db) => mergedInto(db, readerOf(signed), id)));
  return found.ok ? found.value : null;
}

function idsOf(value: string | string[] | undefined): string[] {
  const ids = (typeof value === 'string' ? value : '').split(',').map(idOf);
  return [...new Set(ids.filter((id) => id !== null))].slice(0, MOST);
}
