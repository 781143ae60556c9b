'use client';

import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { Link } from '#components/ui/link.tsx';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import type { PickerOption } from '#components/form/picker/option.ts';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { savedTestsHref } from '#components/routes/tests/saved-tests-href.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { BulkChange } from '#lib/routes/verdict/successor.ts';
import { OverrideChoice } from './override-choice.tsx';

/** What is done to the selected routes: `replace` gives another agent to those that name this one. */
export type BulkKind =
  | { is: BulkChange | 'agent' | 'clear' | 'override' }
  | { is: 'replace'; from: { id: string; name: string } };

export type BulkDialogProps = {
  kind: BulkKind;
  rows: readonly RouteRow[];
  agents: Seen<readonly PickerOption[]>;
  close: () => void;
  done: () => void;
};

/** One change of several routes: what they get, its review, progress and result for each route. Closed, the change continues and is in Activity. */
export function BulkDialog({ kind, rows, agents, close, done }: BulkDialogProps) {
  const t = useTranslations('routes-list');
  const texts = useVerdictText();
  const options = seenOr(agents, []);
  const unseen = agents.is === 'value' ? undefined : texts.notSeen('agents', agents);
  const [agent, choose] = useState<PickerOption | null>(null);
  const [patch, set] = useState<{ [field: string]: Json } | null>(null);
  const operation = useOperation((entry) => {
    readPageAgain();
    if (entry.status === 'done') done();
  });
  const routes = rows.map(({ id, instanceId }) => ({ id, instanceId }));
  const change = changeOf(kind, agent, patch);
  const edits = kind.is !== 'on' && kind.is !== 'off' && kind.is !== 'delete';
  usePreview(operation, edits ? 'routes.bulk-edit' : 'routes.bulk', change === null ? undefined : { change, routes });
  const values = { count: rows.length, name: kind.is === 'replace' ? kind.from.name : '' };
  const title = t(`bulk-title.${kind.is}`, values);
  const label = t(kind.is === 'replace' ? 'with' : 'agent');
  return (
    <Dialog open wide title={title} onCancel={close}>
      {kind.is === 'agent' || kind.is === 'replace' ? (
        <div className={operation.began ? 'hidden' : 'mt-3'}>
          <Field id="bulk-agent" label={label} hint={unseen}>
            <Picker
              id="bulk-agent"
              label={label}
              placeholder={t('pick-agent')}
              chosen={agent}
              search={searchIn(kind.is === 'replace' ? options.filter(({ id }) => id !== kind.from.id) : options)}
              describedBy={unseen ? 'bulk-agent-hint' : undefined}
              pick={choose}
            />
          </Field>
        </div>
      ) : null}
      {kind.is === 'override' ? (
        <div className={operation.began ? 'hidden' : 'mt-3'}>
          <OverrideChoice set={set} />
        </div>
      ) : null}
      {change === null && !operation.began ? (
        <Button variant="primary" disabled className="mt-4">
          {title}
        </Button>
      ) : null}
      <div className={change === null ? 'hidden' : 'mt-4'}>
        <OperationPanel
          addressed
          operation={operation}
          runLabel={title}
          afterwards={
            <Link href={savedTestsHref(rows.map(({ instanceId }) => instanceId))} className={buttonClass({})}>
              {t('saved-tests')}
            </Link>
          }
        />
      </div>
    </Dialog>
  );
}

/** What the operation gets; null while something of it is not chosen. */
function changeOf(kind: BulkKind, agent: PickerOption | null, patch: { [field: string]: Json } | null): Json {
  switch (kind.is) {
    case 'agent':
      return agent && { to: 'agent', agentId: agent.id };
    case 'replace':
      return agent && { to: 'agent', agentId: agent.id, from: kind.from.id };
    case 'override':
      return patch && { to: 'override', patch };
    case 'clear':
      return { to: 'clear' };
    default:
      return kind.is;
  }
}
