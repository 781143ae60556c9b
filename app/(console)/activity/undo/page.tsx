import { redirect } from 'next/navigation';
import { Problem } from '#components/ui/state/problem.tsx';
import { readerOf } from '#lib/actions/runner.ts';
import { lastChange } from '#lib/operations/journal/list.ts';
import { requireLiveKey } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** Leads to one's last change with the preview of its undo open; to Activity where there is none. */
export default async function UndoLastPage() {
  const signed = await requireLiveKey();
  const last = await storeAnswer(store().then((db) => lastChange(db, readerOf(signed))));
  if (!last.ok) return <Problem page error={last.error} />;
  redirect(last.value ? `/activity/${last.value.id}?undo` : '/activity');
}
