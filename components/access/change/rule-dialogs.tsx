'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { later } from '#components/ui/state/later.tsx';
import { useDialogAddress } from '#components/ui/overlay/dialog-address.tsx';
import type { ListedRule } from '#lib/access/rules/listed-rule.ts';
import type { RuleDialogProps } from './rule-dialog.tsx';

const RuleDialog = later(() => import('./rule-dialog.tsx').then((part) => part.RuleDialog));

type Props = Pick<RuleDialogProps, 'instances' | 'people'> & { rules: readonly ListedRule[] };

/** The dialogs for access rules, as they stand in an address. */
export const RULE_DIALOGS = ['create-rule', 'edit-rule', 'switch-rule', 'link-rule', 'delete-rule'] as const;

/** The dialog for an access rule that the address names: for a new one its value is the person it is for, or `all`. */
export function RuleDialogs({ rules, instances, people }: Props) {
  const t = useTranslations('access-rules');
  const dialog = useDialogAddress(RULE_DIALOGS);
  // The rule the dialog was opened with: the page is read again once the change has ended, and the receipt stays.
  const [opened, setOpened] = useState<{ key: string; rule: ListedRule | null } | null>(null);
  const key = dialog.open && `${dialog.open.name} ${dialog.open.value}`;
  if ((opened?.key ?? null) !== key)
    setOpened(key === null ? null : { key, rule: rules.find(({ id }) => id === dialog.open?.value) ?? null });
  if (!dialog.open || !opened) return null;
  const { name, value } = dialog.open;
  const { rule } = opened;
  const whom = rule ? (rule.handle ?? rule.phone ?? people[rule.personId ?? ''] ?? t('a-person')) : '';
  const parts = {
    title: t(`dialogs.${name === 'switch-rule' && rule?.state === 'inactive' ? 'activate-rule' : name}`, { whom }),
    ended: readPageAgain,
    close: dialog.close,
  };
  return (
    <RuleDialog
      key={opened.key}
      {...parts}
      dialog={name}
      value={value}
      rule={rule}
      instances={instances}
      people={people}
    />
  );
}
