import 'server-only';
import { awaitKey } from '#lib/keys/rotate/new-key.ts';
import { runOrder } from '#lib/operations/testing/run-order.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';

// `who` is the rotation whose page waits for a key in this process.
await runOrder((db, { url, key, who }) => {
  if (who) awaitKey(who);
  return runnerOfKeys(db, url, key);
});
