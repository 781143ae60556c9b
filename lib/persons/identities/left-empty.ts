import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { listPersons } from '#lib/omni/resources/persons.ts';
import { mapSeen, seenOf, type Seen } from '#lib/omni/seen.ts';
import { thing } from '#lib/operations/effects/value.ts';
import type { Check } from '#lib/operations/plan/define.ts';
import { isBare } from '#lib/persons/record/holder.ts';
import { readPersonRecord } from '#lib/persons/record/person-record.ts';

/** Those of the 100 newest people who have no name, no phone and no email, by id. Scope `persons:read`. */
export async function newestBare(omni: Omni): Promise<Seen<string[]>> {
  const newest = seenOf(await listPersons(omni, { limit: 100 }));
  return mapSeen(newest, ({ items }) => items.filter(isBare).map(({ id }) => id));
}

/**
 * Lines of the receipt about people without anything who were not there `before`: each unlink makes one (contract §3.3), and where the
 * network sent the request twice, the first keeps nothing. `known`: people this is about. Omni can neither merge nor delete such a person
 * (contract §3.1), so no more can be offered than to look.
 */
export async function leftEmpty(
  omni: Omni,
  before: Seen<string[]> | undefined,
  known: readonly string[],
): Promise<Check[]> {
  if (before?.is !== 'value') return [];
  const now = await newestBare(omni);
  if (now.is !== 'value') return [];
  const seen = new Set([...before.value, ...known]);
  const fresh = now.value.filter((id) => !seen.has(id));
  const records = await Promise.all(fresh.map((id) => readPersonRecord(omni, id)));
  return records.flatMap((record) =>
    record.ok && record.value?.identities.length === 0
      ? {
          text: { key: 'unlink.doubled', values: { person: thing('person', record.value.person.id, null) } },
          held: false,
          subject: `person:${record.value.person.id}`,
        }
      : [],
  );
}
