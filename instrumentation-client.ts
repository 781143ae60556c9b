import { markRequests } from '#components/session/request/mark-requests.ts';
import { trustOwnScripts } from '#components/session/request/trusted-scripts.ts';
import { awaitLine } from '#components/shell/calls/await-line.ts';
import { pageComes } from '#components/shell/calls/page-reading.ts';
import { keepShownAddress } from '#components/shell/calls/shown-address.ts';
import { reportUncaught } from '#components/shell/calls/report-error.ts';

trustOwnScripts();
keepShownAddress();
markRequests();
awaitLine();
reportUncaught();

/** The router goes to another page. */
export const onRouterTransitionStart = (address: string): void => pageComes(address);
