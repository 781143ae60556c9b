import { markRequests } from '#components/session/request/mark-requests.ts';

markRequests();
