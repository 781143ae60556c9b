import { markRequests } from '#components/session/request/mark-requests.ts';
import { reportUncaught } from '#components/shell/calls/report-error.ts';

markRequests();
reportUncaught();
