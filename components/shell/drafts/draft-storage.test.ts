import { beforeEach, describe, expect, test, vi } from 'vitest';
import { clearTab, draftKey, keptValues, queueKey, recentKey, writeDraft } from './draft-storage.ts';

/** What a tab keeps: `Object.keys` lists what is stored, as a browser's does. */
function storage(): Storage {
  const methods = {
    getItem: (key: string) => Reflect.get(kept, key) ?? null,
    setItem: (key: string, text: string) => void Reflect.set(kept, key, text),
    removeItem: (key: string) => void Reflect.deleteProperty(kept, key),
  };
  const kept: Record<string, string> = Object.create(methods);
  return kept as unknown as Storage;
}

beforeEach(() => {
  vi.stubGlobal('sessionStorage', storage());
  vi.stubGlobal('localStorage', storage());
});
const read = (name: string) => sessionStorage.getItem(draftKey('ana', name));

describe('drafts', () => {
  test('a text is kept as it is typed', () => {
    writeDraft(draftKey('ana', 'unlink 1'), 'Duplic');
    writeDraft(draftKey('ana', 'unlink 1'), 'Duplicated');
    expect(read('unlink 1')).toBe('Duplicated');
  });

  test.each([
    ['alone', `omni_sk_${'k'.repeat(32)}`],
    ['in a text', `it was omni_sk_${'k'.repeat(32)}, I think`],
    ['in capitals', `OMNI_SK_${'K'.repeat(32)}`],
    ['begun', 'omni_sk_'],
    ['in the values of a form', JSON.stringify({ reason: `see omni_sk_${'k'.repeat(32)}` })],
  ])('a key is never kept: %s', (_how, text) => {
    writeDraft(draftKey('ana', 'revoke 1'), 'it was');
    writeDraft(draftKey('ana', 'revoke 1'), text);
    expect(read('revoke 1')).toBeNull();
    expect(JSON.stringify(sessionStorage)).not.toMatch(/omni_sk_/i);
  });

  test.each([
    'key',
    'apiKey',
    'api_key',
    'proof',
    'code',
    'recoveryCode',
    'secret',
    'token',
    'password',
    'confirm',
    'confirmation',
    'typed',
  ])('a field %s is in no draft, whatever its text', (field) => {
    const values = { [field]: '123456789012', yourName: 'Ana' };
    expect(keptValues(values)).toEqual({ yourName: 'Ana' });
    expect(keptValues({ [field.toUpperCase()]: 'x' })).toEqual({});
  });

  test('at sign-out drafts and recently opened records are dropped, and nothing else', () => {
    writeDraft(draftKey('ana', 'unlink 1'), 'a');
    writeDraft(draftKey('rui', 'key new'), 'b');
    writeDraft(draftKey('', 'sign-in '), 'c');
    sessionStorage.setItem(recentKey('ana'), '[]');
    sessionStorage.setItem(queueKey('ana'), 'a.b c.d');
    sessionStorage.setItem('omni-other', 'd');
    localStorage.setItem('recent ana', '[]');
    localStorage.setItem('omni-session', 'e');
    clearTab();
    expect(Object.keys(sessionStorage)).toEqual(['omni-other']);
    expect(Object.keys(localStorage)).toEqual(['omni-session']);
  });
});
