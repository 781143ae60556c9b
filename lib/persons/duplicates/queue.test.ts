import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PeopleIndex } from '#lib/persons/people-index/people-index.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { decideNotSame, forgetDecision } from './decisions.ts';
import { evidenceOfFields } from './likely.ts';
import { duplicatesQueue } from './queue.ts';

const engines = await testEngines();

const ANA = '00000000-0000-4000-8000-00000000000a';
const BIA = '00000000-0000-4000-8000-00000000000b';

function directory(email: string) {
  const people = new PeopleIndex();
  const createdAt = '2026-01-01T00:00:00.000Z';
  const rows = [
    { id: ANA, displayName: 'Ana Souza', primaryPhone: '+5511987654321', primaryEmail: 'ana@example.com', createdAt },
    { id: BIA, displayName: 'Ana Souza', primaryPhone: '(11) 98765-4321', primaryEmail: email, createdAt },
  ] as const;
  for (const row of rows) people.put(row, 1);
  return { people, evidence: evidenceOfFields(rows[0], rows[1]) };
}

describe.each(engines)('persons.duplicates: decisions in the queue, on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());
  const count = async (email: string, server = 'demo') =>
    (await duplicatesQueue(db, server, directory(email).people, 10)).count;

  it('a pair that was told apart comes back only if its evidence changes, or the decision is undone', async () => {
    const { evidence: fields } = directory('other@example.com');
    expect(await count('other@example.com')).toBe(1);
    // With handles there was more to tell them apart on.
    const evidence = [...fields, { speaks: 'for', what: 'handle', value: 'ana.souza' } as const];
    await decideNotSame(db, 'demo', [BIA, ANA], { evidence, fields }, 'Rui', 1);
    expect(await count('other@example.com')).toBe(0);
    expect(await count('ana@example.com')).toBe(1);
    expect(await count('other@example.com', 'elsewhere')).toBe(1);
    await forgetDecision(db, 'demo', [ANA, BIA]);
    expect(await count('other@example.com')).toBe(1);
  });

  it('a decision of a release before counts where it was made on fields alone', async () => {
    const { evidence } = directory('other@example.com');
    await decideNotSame(db, 'demo', [ANA, BIA], { evidence, fields: null }, 'Rui', 1);
    expect(await count('other@example.com')).toBe(0);
    await forgetDecision(db, 'demo', [ANA, BIA]);
  });

  it('a pair has its two people, the fuller and older one first, and what they have in common', async () => {
    const { pairs } = await duplicatesQueue(db, 'demo', directory('').people, 10);
    expect(pairs).toMatchObject([
      { id: `${ANA}.${BIA}`, same: ['phone', 'name'], one: { id: ANA }, other: { id: BIA, email: null } },
    ]);
  });
});
