import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, findings, isTest, ROOT, sources, type Source } from './source.ts';

/** The one `<form>` that sends what is to be kept, the one that only changes an address, and the one question before unsaved input is left. */
const FORMS = ['components/form/form.tsx', 'components/data-table/filter/address-form.tsx'];
const LEAVING = 'components/shell/drafts/leave-guard.ts';

const browser = () => sources().filter(({ path }) => /^(app|components)\/.*\.tsx?$/.test(path) && !isTest(path));

const hasForm = (text: string) => /<form\b/.test(code(text));

function formByHand({ path, text }: Source): string[] {
  return !FORMS.includes(path) && hasForm(text) ? ['has a form of its own'] : [];
}

function ownQuestion({ path, text }: Source): string[] {
  return path !== LEAVING && /\bbeforeunload\b|(?<![\w.])confirm\(/.test(code(text))
    ? ['asks by itself before the page is left']
    : [];
}

describe('forms', () => {
  it('stand on the kit', () => {
    expect(findings(browser(), formByHand)).toEqual([]);
  });

  it('ask in one place before they are left', () => {
    expect(findings(browser(), ownQuestion)).toEqual([]);
  });

  it('call a field optional in one message', () => {
    for (const locale of ['en', 'pt-BR']) {
      const messages = JSON.parse(readFileSync(join(ROOT, `messages/${locale}.json`), 'utf8')) as Record<
        string,
        object
      >;
      expect(Object.entries(messages).flatMap(([name, of]) => ('optional' in of ? [name] : []))).toEqual(['form']);
    }
  });

  it('have rules that can fail', () => {
    const at = (text: string) => ({ path: 'components/a.tsx', text });
    expect(formByHand(at('<form method="post" />'))).toHaveLength(1);
    expect(formByHand(at('<Form form={form} />'))).toEqual([]);
    expect(ownQuestion(at("addEventListener('beforeunload', ask)"))).toHaveLength(1);
    expect(ownQuestion(at('if (!confirm(t("leave"))) return;'))).toHaveLength(1);
    expect(ownQuestion(at('useLeaveGuard(true, t("leave"))'))).toEqual([]);
  });
});
