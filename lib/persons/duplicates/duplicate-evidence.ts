import 'server-only';
import { z } from 'zod';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { emailKey } from '#lib/text/email.ts';
import { fold } from '#lib/text/fold.ts';
import { visibleName } from '#lib/text/visible.ts';
import { handleOf, userOf } from '#lib/persons/directory/handle.ts';
import { digitsOf, readPhone, samePhone, type Phone } from '#lib/text/phone.ts';

/** What is known of a person when it is compared with another; `identities` null when they were not read. */
export type Candidate = {
  person: Pick<Person, 'id' | 'displayName' | 'primaryPhone' | 'primaryEmail'>;
  identities: (Pick<Identity, 'channel' | 'platformUserId'> & Partial<Pick<Identity, 'instanceId'>>)[] | null;
};

/** Evidence for or against two people being the same. `value`: what both have, or what differs. */
export const evidenceSchema = z.strictObject({
  speaks: z.enum(['for', 'against']),
  what: z.enum([
    'phone',
    'phone-ninth',
    'email',
    'handle',
    'no-phone',
    'name',
    'other-phone',
    'other-name',
    'other-email',
  ]),
  value: z.string().max(1000),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Letters and digits of a handle without its server, a leading @ and separators: `@Joao.Silva` is `joaosilva`. */
export function plainHandle(handle: string): string {
  return fold(userOf(handle)).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The evidence for and against two people being the same, for first. Pure; the order of the two does not matter. */
export function evidenceFor(a: Candidate, b: Candidate): Evidence[] {
  return [...phones(a, b), ...emails(a, b), ...handles(a, b), ...withoutPhone(a, b), ...names(a, b)].sort(
    (x, y) => Number(x.speaks === 'against') - Number(y.speaks === 'against'),
  );
}

/** Whether the evidence is enough to show: the same phone, email or handle, or a hidden phone; a name alone is not. */
export function isLikely(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ speaks, what }) => speaks === 'for' && what !== 'name');
}

function phones(a: Candidate, b: Candidate): Evidence[] {
  const theirs = numbersOf(b);
  const pairs = numbersOf(a).flatMap((one) =>
    theirs.filter((other) => one.phone.key === other.phone.key).map((other) => [one, other] as const),
  );
  const texts = (exact: boolean) =>
    first(
      pairs
        .filter(([one, other]) => (digitsOf(one.text) === digitsOf(other.text)) === exact)
        .map((pair) => pair.map(({ text }) => text)),
    );
  const [alike, ninth] = [texts(true), texts(false)];
  if (alike) return [{ speaks: 'for', what: 'phone', value: alike[0] ?? '' }];
  if (ninth) return [{ speaks: 'for', what: 'phone-ninth', value: ninth.join(' · ') }];
  const [p, q] = [a.person.primaryPhone?.trim(), b.person.primaryPhone?.trim()];
  if (!p || !q) return [];
  if (samePhone(p, q)) return [{ speaks: 'for', what: 'phone', value: p }];
  return [{ speaks: 'against', what: 'other-phone', value: `${p} · ${q}` }];
}

/** Numbers a person has: the field, and handles that are numbers. */
function numbersOf({ person, identities }: Candidate): { text: string; phone: Phone }[] {
  const text = person.primaryPhone?.trim() ?? '';
  const own = readPhone(text);
  return [
    ...(own ? [{ text, phone: own }] : []),
    ...(identities ?? []).flatMap((identity) => {
      const { phone } = handleOf(identity);
      return phone ? [{ text: phone.written, phone }] : [];
    }),
  ];
}

function emails(a: Candidate, b: Candidate): Evidence[] {
  const [p, q] = [a, b].map(({ person }) => emailKey(person.primaryEmail));
  if (!p || !q) return [];
  return p === q
    ? [{ speaks: 'for', what: 'email', value: p }]
    : [{ speaks: 'against', what: 'other-email', value: `${p} · ${q}` }];
}

function handles(a: Candidate, b: Candidate): Evidence[] {
  const theirs = b.identities ?? [];
  const pairs = (a.identities ?? []).flatMap((identity) => {
    const one = identity.platformUserId;
    const plain = plainHandle(one);
    if (plain.length < 4 || /^\d+$/.test(plain) || handleOf(identity).kind === 'business-scoped') return [];
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

/**
 * One has a phone and the other only what WhatsApp gives in place of one, under the same name on the same instance: perhaps the same
 * person, whose number is hidden there.
 */
function withoutPhone(a: Candidate, b: Candidate): Evidence[] {
  const [p, q] = [a, b].map(({ person }) => visibleName(person.displayName));
  if (!p || !q || fold(p) !== fold(q) || hidesPhone(a) === hidesPhone(b)) return [];
  if (numbersOf(hidesPhone(a) ? b : a).length === 0) return [];
  const places = new Set((a.identities ?? []).map(({ instanceId }) => instanceId).filter(Boolean));
  const shared = (b.identities ?? []).some(({ instanceId }) => places.has(instanceId));
  return shared ? [{ speaks: 'for', what: 'no-phone', value: [p, q].sort().join(' · ') }] : [];
}

/** Whether a person has no phone and is on WhatsApp under something else. */
export function hidesPhone(candidate: Candidate): boolean {
  const { person, identities } = candidate;
  if (person.primaryPhone?.trim() || numbersOf(candidate).length > 0) return false;
  return (identities ?? []).some(
    (identity) => identity.channel.includes('whatsapp') && !['id', 'group'].includes(handleOf(identity).kind),
  );
}

function names(a: Candidate, b: Candidate): Evidence[] {
  const [p, q] = [a, b].map(({ person }) => fold(person.displayName ?? ''));
  if (!p || !q) return [];
  const [x, y] = [p, q].map((name) => new Set(name.split(' ')));
  const shared = [...(x ?? [])].filter((word) => y?.has(word) && word.length > 2);
  const value = `${visibleName(a.person.displayName)} · ${visibleName(b.person.displayName)}`;
  if (p === q || shared.length >= 2) return [{ speaks: 'for', what: 'name', value }];
  return shared.length === 0 ? [{ speaks: 'against', what: 'other-name', value }] : [];
}
