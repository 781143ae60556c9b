'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import { MissingScopeNote } from '#components/ui/locked/missing-scope-note.tsx';
import { isKnownScope, shownScope, isScope, KNOWN_SCOPES, SINGLE_SCOPES } from '#lib/scopes/table.ts';
import { allows } from '#lib/scopes/scopes.ts';

type Props = { scopes: readonly string[]; own: readonly string[] | null; choose: (scopes: string[]) => void };

/** Scopes that neither read nor write a resource, and scopes this console doesn't know, which are kept and shown. */
export function OtherScopes({ scopes, own, choose }: Props) {
  const t = useTranslations('key-form');
  const tScopes = useTranslations('scopes');
  const [typed, setTyped] = useState('');
  const lacks = SINGLE_SCOPES.filter((scope) => own !== null && allows(own, scope) !== 'yes');
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  const toggle = (scope: string) =>
    choose(scopes.includes(scope) ? scopes.filter((held) => held !== scope) : [...scopes, scope]);
  const addable = isScope(typed.trim()) && typed.trim() !== '*' && allows(scopes, typed.trim()) !== 'yes';
  return (
    <div className="space-y-3">
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t('single-permissions')}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {SINGLE_SCOPES.map((scope) => {
            const lacking = lacks.includes(scope);
            const given = allows(scopes, scope) === 'yes';
            return (
              <label key={scope} className="flex min-h-7 items-center gap-2">
                <input
                  type="checkbox"
                  checked={given}
                  disabled={lacking || (given && !scopes.includes(scope))}
                  onChange={() => toggle(scope)}
                  className="size-4 accent-(--accent)"
                />
                <span>{anyKey(tScopes)(`single.${scope.replace(':', '-')}`)}</span>
                <code className="font-mono text-xs text-muted">{scope}</code>
              </label>
            );
          })}
        </div>
        {lacks.length > 0 ? <MissingScopeNote scope={lacks.join(', ')} /> : null}
      </fieldset>
      {unknown.length > 0 ? (
        <div>
          <p className="mb-1 text-sm text-warn">{t('unknown-scopes')}</p>
          <ul className="flex flex-wrap gap-1">
            {unknown.map((scope) => (
              <li key={scope} className="unknown inline-flex items-center gap-1 rounded-sm pl-2 font-mono text-xs">
                {shownScope(scope)}
                <button
                  type="button"
                  aria-label={t('remove-scope', { scope: shownScope(scope) })}
                  onClick={() => toggle(scope)}
                  className="grid size-7 place-items-center rounded-sm hover:bg-hover"
                >
                  <X aria-hidden className="size-3" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="flex gap-2">
        <input
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-label={t('add-scope')}
          placeholder={t('add-scope')}
          list="known-scopes"
          autoComplete="off"
          spellCheck={false}
          className={`${inputClass} max-w-64 font-mono text-sm`}
        />
        <datalist id="known-scopes">
          {KNOWN_SCOPES.map((scope) => (
            <option key={scope} value={scope} />
          ))}
        </datalist>
        <Button
          disabled={!addable}
          onClick={() => {
            choose([...scopes, typed.trim()]);
            setTyped('');
          }}
        >
          {t('add')}
        </Button>
      </div>
    </div>
  );
}
