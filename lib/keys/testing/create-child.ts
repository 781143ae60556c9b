import 'server-only';
import { runOrder } from '#lib/operations/testing/run-order.ts';
import { runnerOfKeys } from './bed.ts';

await runOrder((db, { url, key }) => runnerOfKeys(db, url, key, ['*']));
