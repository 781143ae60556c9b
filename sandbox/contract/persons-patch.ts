import { expect } from 'vitest';
import { expectIssues, expectNotFound, invalid, tooBig, wrongType } from './suite/issues.ts';
import { at, data, NOBODY } from './suite/omni.ts';
import { state } from './suite/statements.ts';
import { duplicate, unreadable } from './suite/variants.ts';

state(
  'C1 C13 C16',
  'a patch answers the row; a name may be empty; metadata is replaced whole',
  async ({ call, person }) => {
    const { id } = await person({ displayName: 'Antes', metadata: { a: 1, b: 2 } });
    const named = await call('PATCH', `/persons/${id}`, { displayName: 'Novo Nome' });
    expect(named.status).toBe(200);
    expect(data(named)).toMatchObject({ id, displayName: 'Novo Nome', metadata: { a: 1, b: 2 } });
    expect(at(await call('PATCH', `/persons/${id}`, { displayName: '' }), 'data.displayName')).toBe('');
    expect(at(await call('PATCH', `/persons/${id}`, { metadata: { only: 1 } }), 'data.metadata')).toEqual({ only: 1 });
  },
);

state('C4', 'a phone another person has is refused by the unique index', async ({ call, person, variant }) => {
  const phone = `+5500${Date.now()}`;
  await person({ primaryPhone: phone });
  const { id } = await person();
  variant(await call('PATCH', `/persons/${id}`, { primaryPhone: phone }), duplicate('primary_phone'));
});

state(
  'C5 C6 C7 C8',
  'any text is a phone, "" too, which then collides; null clears',
  async ({ call, person, variant }) => {
    const { id } = await person();
    const patch = (primaryPhone: string | null, of = id) => call('PATCH', `/persons/${of}`, { primaryPhone });
    const words = `call me ${Date.now()}`;
    expect(at(await patch(words), 'data.primaryPhone')).toBe(words);
    expect(at(await patch(''), 'data.primaryPhone')).toBe('');
    const second = await person();
    variant(await patch('', second.id), duplicate('primary_phone'));
    expect(at(await patch(null), 'data.primaryPhone')).toBeNull();
  },
);

state('C9 C10 C12 C14', 'zod refuses a bad e-mail, a null name and a long one', async ({ call, person }) => {
  const { id } = await person();
  const patch = (body: object) => call('PATCH', `/persons/${id}`, body);
  expectIssues(await patch({ primaryEmail: 'nope' }), invalid('primaryEmail', 'email'));
  expectIssues(await patch({ primaryEmail: '' }), invalid('primaryEmail', 'email'));
  expectIssues(await patch({ displayName: null }), wrongType('displayName', 'string', 'null'));
  expectIssues(await patch({ displayName: 'x'.repeat(256) }), tooBig('displayName', 'string', 255));
});

state('C11', 'two people may have one e-mail, and null clears it', async ({ call, person }) => {
  const primaryEmail = 'maria@example.com';
  await person({ primaryEmail });
  const { id } = await person();
  expect(at(await call('PATCH', `/persons/${id}`, { primaryEmail }), 'data.primaryEmail')).toBe(primaryEmail);
  expect(at(await call('PATCH', `/persons/${id}`, { primaryEmail: null }), 'data.primaryEmail')).toBeNull();
});

state('C15', 'javascript: is a URL to zod', async ({ call, person }) => {
  const { id } = await person();
  const avatarUrl = 'javascript:alert(1)';
  expect(at(await call('PATCH', `/persons/${id}`, { avatarUrl }), 'data.avatarUrl')).toBe(avatarUrl);
});

state('C17 C19', 'an unknown person is 404, a NUL byte 500', async ({ call, person, variant }) => {
  expectNotFound(await call('PATCH', `/persons/${NOBODY}`, { displayName: 'x' }), 'Person', NOBODY);
  const { id } = await person();
  variant(await call('PATCH', `/persons/${id}`, { displayName: 'a\u0000b' }), unreadable);
});
