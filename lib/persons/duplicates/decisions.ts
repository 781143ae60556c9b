import 'server-only';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Store } from '#lib/store/database.ts';
import { keyedHash, keyedHashes, openText, sealText } from '#lib/store/seal.ts';
import type { Evidence } from './duplicate-evidence.ts';

const PURPOSE = 'person_decisions/evidence';

/** Somebody's decision that two people of one server are not the same. */
export type Decision = { other: string; who: string | null; decidedAt: number };

/** What two people were told apart on: all that is known, and what their fields alone say (`evidenceOfFields`); null where unread. */
export type DecidedOn = { evidence: readonly Evidence[]; fields: readonly Evidence[] | null };

/** Stores that two people are not the same, on this evidence. Deciding again replaces it. `now` in milliseconds. */
export async function decideNotSame(
  db: Store,
  server: string,
  [a, b]: [string, string],
  { evidence, fields }: DecidedOn,
  who: string,
  now: number,
): Promise<void> {
  const [one, other] = inOrder(a, b);
  const row = {
    evidence: keyedHash(PURPOSE, evidenceText(evidence)),
    fields: fields && keyedHash(PURPOSE, evidenceText(fields)),
    who: sealText(whoContext(server, one, other), who),
    decided_at: now,
  };
  await db
    .insertInto('person_decisions')
    .values({ server, one, other, ...row })
    .onConflict((conflict) => conflict.columns(['server', 'one', 'other']).doUpdateSet(row))
    .execute();
}

/** Removes a decision: the two are listed as possible duplicates again. */
export async function forgetDecision(db: Store, server: string, [a, b]: [string, string]): Promise<void> {
  const [one, other] = inOrder(a, b);
  await db
    .deleteFrom('person_decisions')
    .where('server', '=', server)
    .where('one', '=', one)
    .where('other', '=', other)
    .execute();
}

/** The decisions about a person that still hold: what spoke for the two then is what speaks for them now. */
export async function decisionsAbout(
  db: Store,
  server: string,
  person: string,
  candidates: readonly { id: string; evidence: readonly Evidence[] }[],
): Promise<Decision[]> {
  const rows = await db
    .selectFrom('person_decisions')
    .selectAll()
    .where('server', '=', server)
    .where((where) => where.or([where('one', '=', person), where('other', '=', person)]))
    .execute();
  return rows.flatMap((row) => {
    const other = row.one === person ? row.other : row.one;
    const candidate = candidates.find(({ id }) => id === other);
    if (!candidate || !keyedHashes(PURPOSE, evidenceText(candidate.evidence)).includes(row.evidence)) return [];
    const who = openText(whoContext(server, row.one, row.other), row.who);
    return { other, who: who.ok ? who.value : null, decidedAt: row.decided_at };
  });
}

/**
 * All decisions of a server, as a question: whether two people were told apart on what their fields still say. `evidence` is asked for
 * pairs that were decided only.
 */
export async function decidedByFields(
  db: Store,
  server: string,
): Promise<(one: string, other: string, evidence: () => readonly Evidence[]) => boolean> {
  const rows = await db
    .selectFrom('person_decisions')
    .select(['one', 'other', 'evidence', 'fields'])
    .where('server', '=', server)
    .execute();
  const hashes = new Map(rows.map((row) => [`${row.one} ${row.other}`, row.fields ?? row.evidence]));
  return (a, b, evidence) => {
    const hash = hashes.get(inOrder(a, b).join(' '));
    return hash !== undefined && keyedHashes(PURPOSE, evidenceText(evidence())).includes(hash);
  };
}

/** Removes every decision about a person, for whoever asked to be forgotten. */
export async function forgetDecisionsAbout(db: Store, server: string, person: string): Promise<void> {
  await db
    .deleteFrom('person_decisions')
    .where('server', '=', server)
    .where((where) => where.or([where('one', '=', person), where('other', '=', person)]))
    .execute();
}

/** The seal context of `who`: it can't be moved to another pair. */
function whoContext(server: string, one: string, other: string): string {
  return `person_decisions/who/${server}/${one}/${other}`;
}

function inOrder(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** The evidence for the two being the same, in an order that doesn't depend on who is named first. */
function evidenceText(evidence: readonly Evidence[]): string {
  const parts = evidence
    .filter(({ speaks }) => speaks === 'for')
    .map(({ what, value }) => [what, ...value.split(' · ').sort()]);
  return canonical(parts);
}
