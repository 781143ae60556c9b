import { z } from 'zod';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { fold } from '#lib/text/fold.ts';
import { digitsOf, samePhone } from '#lib/persons/directory/phone-digits.ts';

/** What is known of a person when it is compared with another; `identities` null when they were not read. */
export type Candidate = {
  person: Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail'>;
  identities: Pick<Identity, 'channel' | 'platformUserId'>[] | null;
};

/** Evidence for or against two people being the same. `value`: what both have, or what differs. */
export const evidenceSchema = z.strictObject({
  speaks: z.enum(['for', 'against']),
  what: z.enum(['phone', 'phone-ninth', 'email', 'handle', 'name', 'other-phone', 'other-name', 'other-email']),
  value: z.string().max(1000),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Letters and digits of a handle without its server, a leading @ and separators: `@Joao.Silva` is `joaosilva`. */
export function plainHandle(handle: string): string {
  const local = handle.replace(/@(s\.whatsapp\.net|c\.us|lid|g\.us)$/i, '').replace(/^@/, '');
  return fold(local).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The evidence for and against two people being the same, for first. Pure; the order of the two does not matter. */
export function evidenceFor(a: Candidate, b: Candidate): Evidence[] {
  return [...phones(a, b), ...emails(a, b), ...handles(a, b), ...names(a, b)].sort(
    (x, y) => Number(x.speaks === 'against') - Number(y.speaks === 'against'),
  );
}

/** Whether the evidence is enough to show: the same phone, email or handle; a name alone is not. */
export function isLikely(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ speaks, what }) => speaks === 'for' && what !== 'name');
}

function phones(a: Candidate, b: Candidate): Evidence[] {
  const theirs = numbersOf(b);
  const pairs = numbersOf(a).flatMap((one) =>
    theirs.filter((other) => samePhone(one, other)).map((other) => [one, other]),
  );
  const [alike, ninth] = [true, false].map((exact) =>
    first(pairs.filter(([one = '', other = '']) => (digitsOf(one) === digitsOf(other)) === exact)),
  );
  if (alike) return [{ speaks: 'for', what: 'phone', value: alike[0] ?? '' }];
  if (ninth) return [{ speaks: 'for', what: 'phone-ninth', value: ninth.join(' · ') }];
  const [p, q] = [a.person.primaryPhone?.trim(), b.person.primaryPhone?.trim()];
  return p && q ? [{ speaks: 'against', what: 'other-phone', value: `${p} · ${q}` }] : [];
}

/** Numbers a person has: the field, and handles that are numbers (WhatsApp's are; a `@lid` is none). */
function numbersOf({ person, identities }: Candidate): string[] {
  const handles = (identities ?? [])
    .filter(({ channel, platformUserId }) => channel.startsWith('whatsapp') && !platformUserId.endsWith('@lid'))
    .map(({ platformUserId }) => `+${digitsOf(platformUserId.replace(/[:@].*$/, ''))}`);
  return [person.primaryPhone?.trim() ?? '', ...handles].filter((text) => digitsOf(text).length >= 8);
}

function emails(a: Candidate, b: Candidate): Evidence[] {
  const [p, q] = [a, b].map(({ person }) => person.primaryEmail?.trim().toLowerCase() ?? '');
  if (!p || !q) return [];
  return p === q
    ? [{ speaks: 'for', what: 'email', value: p }]
    : [{ speaks: 'against', what: 'other-email', value: `${p} · ${q}` }];
}

function handles(a: Candidate, b: Candidate): Evidence[] {
  const theirs = b.identities ?? [];
  const pairs = (a.identities ?? []).flatMap(({ platformUserId: one }) => {
    const plain = plainHandle(one);
    if (plain.length < 4 || /^\d+$/.test(plain)) return [];
    return theirs.flatMap(({ platformUserId: other }) => (plainHandle(other) === plain ? [[one, other]] : []));
  });
  const same = first(pairs);
  return same ? [{ speaks: 'for', what: 'handle', value: [...new Set(same)].join(' · ') }] : [];
}

/** The first of several pairs, each sorted, so that the order of the two people does not matter. */
function first(pairs: readonly string[][]): string[] | undefined {
  return pairs
    .map((pair) => pair.toSorted())
    .toSorted((x, y) => (x.join(' ') < y.join(' ') ? -1 : 1))
    .at(0);
}

function names(a: Candidate, b: Candidate): Evidence[] {
  const [p, q] = [a, b].map(({ person }) => fold(person.displayName ?? ''));
  if (!p || !q) return [];
  const [x, y] = [p, q].map((name) => new Set(name.split(' ')));
  const shared = [...(x ?? [])].filter((word) => y?.has(word) && word.length > 2);
  const value = `${a.person.displayName?.trim()} · ${b.person.displayName?.trim()}`;
  if (p === q || shared.length >= 2) return [{ speaks: 'for', what: 'name', value }];
  return shared.length === 0 ? [{ speaks: 'against', what: 'other-name', value }] : [];
}
