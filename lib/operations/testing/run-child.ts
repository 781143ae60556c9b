import 'server-only';
import { runnerFor } from './bed.ts';
import { runOrder } from './run-order.ts';

await runOrder((db, order) => runnerFor(db, order, order.who ? { who: order.who } : {}));
