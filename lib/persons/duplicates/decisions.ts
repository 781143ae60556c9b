import 'server-only';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Store } from '#lib/store/database.ts';
import { keyedHash, keyedHashes, openText, sealText } from '#lib/store/seal.ts';
import type { Evidence } from './duplicate-evidence.ts';

const PURPOSE = 'person_decisions/evidence';

/** Two people of one server whom somebody decided not to be one. */
export type Decision = { other: string; who: string | null; decidedAt: number };

/** Writes down that two people are not one, on this evidence. Deciding again replaces it. `now` in milliseconds. */
export async function decideNotSame(
  db: Store,
  server: string,
  [a, b]: [string, string],
  evidence: readonly Evidence[],
  who: string,
  now: number,
): Promise<void> {
  const [one, other] = inOrder(a, b);
  const row = {
    evidence: keyedHash(PURPOSE, evidenceText(evidence)),
    who: sealText(whoPlace(server, one, other), who),
    decided_at: now,
  };
  await db
    .insertInto('person_decisions')
    .values({ server, one, other, ...row })
    .onConflict((conflict) => conflict.columns(['server', 'one', 'other']).doUpdateSet(row))
    .execute();
}

/** Takes a decision back: the two are offered again. */
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
    const who = openText(whoPlace(server, row.one, row.other), row.who);
    return { other, who: who.ok ? who.value : null, decidedAt: row.decided_at };
  });
}

/** Removes every decision about a person, for whoever asked to be forgotten. */
export async function forgetDecisionsAbout(db: Store, server: string, person: string): Promise<void> {
  await db
    .deleteFrom('person_decisions')
    .where('server', '=', server)
    .where((where) => where.or([where('one', '=', person), where('other', '=', person)]))
    .execute();
}

/** Where `who` is sealed: it cannot be moved to another pair. */
function whoPlace(server: string, one: string, other: string): string {
  return `person_decisions/who/${server}/${one}/${other}`;
}

function inOrder(a: string, b: string): [string, string] {
  return a < b ? [a, b] : [b, a];
}

/** What spoke for the two, whoever of them is looked at. */
function evidenceText(evidence: readonly Evidence[]): string {
  const parts = evidence
    .filter(({ speaks }) => speaks === 'for')
    .map(({ what, value }) => [what, ...value.split(' · ').sort()]);
  return canonical(parts);
}
