import 'server-only';
import { readerOf } from '#lib/actions/runner.ts';
import { personToday } from '#lib/persons/directory/merged-into.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** Whom an id leads to that is no person's in Omni; null where nobody is known, or the console's store doesn't answer. */
export function personTodayFor(signed: Signed): (id: string) => Promise<string | null> {
  return async (id) => {
    const found = await storeAnswer(store().then((db) => personToday(db, readerOf(signed), signed.omni, id)));
    return found.ok ? found.value : null;
  };
}
