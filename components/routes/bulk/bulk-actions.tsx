'use client';

import { Ellipsis, Power, PowerOff, Trash2, UserRoundCog } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { later } from '#components/ui/state/later.tsx';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';
import { MOST_CHANGED, MOST_DELETED } from '#lib/routes/bulk/limits.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { BulkDialogProps, BulkKind } from './bulk-dialog.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

const BulkDialog = later(() => import('./bulk-dialog.tsx').then((part) => part.BulkDialog));

type Begun = Pick<BulkDialogProps, 'kind' | 'rows'> & { clear: () => void };

/** Opens the dialog of a change; `clear` is called once it is done. */
export type BeginBulk = (begun: Begun) => void;

type Props = {
  picked: readonly RouteRow[];
  clear: () => void;
  locked: Locked | undefined;
  begin: BeginBulk;
};

const BUTTONS = [
  { is: 'agent', icon: UserRoundCog },
  { is: 'on', icon: Power },
  { is: 'off', icon: PowerOff },
  { is: 'delete', icon: Trash2 },
] as const;

const MOST_REPLACED = 5;

/** The changes that can be made to the selected routes. */
export function BulkActions({ picked, clear, locked, begin }: Props) {
  const t = useTranslations('routes-list');
  const tooMany = (most: number) => (picked.length > most ? t('too-many', { most }) : undefined);
  const start = (kind: BulkKind, rows = picked) => begin({ kind, rows, clear });
  const why = locked ?? tooMany(MOST_CHANGED);
  const items: { key: string; text: string; run: () => void }[] = [
    ...agentsOf(picked).map(({ id, name, of }) => ({
      key: id,
      text: t('bulk.replace', { name }),
      run: () => start({ is: 'replace', from: { id, name } }, of),
    })),
    { key: 'override', text: t('bulk.override'), run: () => start({ is: 'override' }) },
    { key: 'clear', text: t('bulk.clear'), run: () => start({ is: 'clear' }) },
  ];
  return (
    <>
      {BUTTONS.map(({ is, icon: Icon }) => (
        <GuardedButton
          key={is}
          size="sm"
          reason={locked ?? tooMany(is === 'delete' ? MOST_DELETED : MOST_CHANGED)}
          onClick={() => start({ is })}
        >
          <Icon aria-hidden className={`size-4 ${is === 'delete' ? 'text-danger' : ''}`} />
          {t(`bulk.${is}`)}
        </GuardedButton>
      ))}
      {why ? null : (
        <Menu
          name={t('more')}
          label={<Ellipsis aria-hidden className="size-4" />}
          className={buttonClass({ size: 'sm' })}
          panelClassName="inset-auto mb-1 [position-area:top_span-left] [position-try-fallbacks:flip-inline]"
        >
          {items.map(({ key, text, run }) => (
            <button key={key} type="button" role="menuitem" className={menuItemClass} onClick={run}>
              {text}
            </button>
          ))}
        </Menu>
      )}
    </>
  );
}

/** The first few agents that the routes name themselves, each once with its routes. */
export function agentsOf(rows: readonly RouteRow[]): { id: string; name: string; of: RouteRow[] }[] {
  const named = rows.filter(({ agentId, agentState }) => agentId && agentState !== 'default' && agentState !== 'older');
  return [...Map.groupBy(named, ({ agentId }) => agentId ?? '')]
    .slice(0, MOST_REPLACED)
    .map(([id, of]) => ({ id, name: of[0]?.agent ?? id.slice(0, 8), of }));
}

/** The dialog of a change to several routes, which stays when nothing is selected any more. It is loaded on first use. */
export function useBulkDialog(agents: BulkDialogProps['agents']): { begin: BeginBulk; dialog: ReactNode } {
  const [begun, begin] = useState<Begun | null>(null);
  const { kind, rows, clear } = begun ?? {};
  return {
    begin,
    dialog:
      kind && rows && clear ? <BulkDialog {...{ kind, rows, agents }} close={() => begin(null)} done={clear} /> : null,
  };
}
