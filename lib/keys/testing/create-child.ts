import 'server-only';
import { runOrder } from '#lib/operations/testing/run-order.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';

await runOrder((db, { url, key }) => runnerOfKeys(db, url, key, ['*']));
