import { describe, expect, it } from 'vitest';
import { code, isTest, sources, type Source } from './source.ts';

/** What shows that a file has a text in its hands that may be kept nowhere. */
const HOLDS_SECRET: [what: string, pattern: RegExp][] = [
  ['a key', /<KeyInput\b|<KeyField\b|<KeyForm\b|type="password"/],
  ['a recovery code', /one-time-code/],
  ['a text shown once', /\bsecretOf\(|\buseShowOnce\b|\buseDelivery\b|\bShownOnce/],
  ['a typed confirmation', /typed-to-confirm|name="typed"/],
];

/** Files that hold one and keep a draft all the same, of other fields: a list of what they keep, field by field. */
const KEEPS: Record<string, RegExp> = {
  // `key` is a field that no draft has (`draft-storage.ts`).
  'components/session/sign-in/sign-in-form.tsx': /start: \{ serverId: [^}]*, address: '', key: '', yourName: '' \}/,
  // The secret is handed on to the dialog of the layout; the form's values are what was chosen.
  'components/keys/form/key-form.tsx': /useChange<KeyFormValues>\(/,
};

/** By the hooks themselves, or by a form or change of the kit that names its draft. */
const keepsDraft = (text: string) =>
  /\buse(?:Draft|DraftOf|KeepDraft)(?:<[^>]*>)?\(/.test(text) ||
  (/\buse(?:FormOf|Change)\b/.test(text) && /\bdraft: /.test(text));

function wrong({ path, text }: Source): string[] {
  const body = code(text);
  if (!keepsDraft(body) || KEEPS[path]?.test(body)) return [];
  return HOLDS_SECRET.flatMap(([what, pattern]) => (pattern.test(body) ? [`${path} keeps drafts beside ${what}`] : []));
}

describe('drafts', () => {
  const browser = sources().filter(({ path }) => path.startsWith('components/') && !isTest(path));

  it('are kept by no form that holds a secret, but for the fields listed', () => {
    expect(browser.flatMap(wrong)).toEqual([]);
    for (const path of Object.keys(KEEPS)) expect(browser.some((file) => file.path === path)).toBe(true);
  });

  it('are kept by every form somebody types a text into, where the address does not keep it', () => {
    expect(browser.filter(({ text }) => keepsDraft(code(text))).map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'components/data-table/filter/save-view.tsx',
        'components/keys/end/end-key.tsx',
        'components/keys/form/key-form.tsx',
        'components/keys/leak/leak-evidence.tsx',
        'components/persons/identities/unlink-dialog.tsx',
        'components/persons/many/merge-many-wizard.tsx',
        'components/persons/merge/merge-wizard.tsx',
        'components/persons/record/editable-field.tsx',
        'components/persons/record/metadata-editor.tsx',
        'components/routes/editor/use-route-change.ts',
        'components/routes/tests/save-test.tsx',
        'components/routes/tests/saved-test-list.tsx',
        'components/session/sign-in/sign-in-form.tsx',
      ]),
    );
  });

  it('has a rule that can fail', () => {
    const at = (text: string) => ({ path: 'components/a.tsx', text });
    expect(wrong(at('useDraft("a"); <KeyInput />'))).toHaveLength(1);
    expect(wrong(at('useDraftOf<Values>("a"); <input autoComplete="one-time-code" />'))).toHaveLength(1);
    expect(wrong(at('useDraftOf("a"); const secret = secretOf(delivered);'))).toHaveLength(1);
    expect(wrong(at('useFormOf({ start, draft: "a" }); <KeyField />'))).toHaveLength(1);
    expect(wrong(at('useFormOf({ start }); <KeyField />'))).toEqual([]);
    expect(wrong(at('<KeyInput />'))).toEqual([]);
    expect(wrong(at('useDraft("a"); <input />'))).toEqual([]);
  });
});
