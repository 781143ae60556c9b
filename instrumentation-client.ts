import { markRequests } from '#components/session/request/mark-requests.ts';
import { pageComes } from '#components/shell/calls/page-reading.ts';
import { reportUncaught } from '#components/shell/calls/report-error.ts';

markRequests();
reportUncaught();

/** The router goes to another page. */
export const onRouterTransitionStart = (address: string): void => pageComes(address);
