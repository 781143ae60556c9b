import { markRequests } from '#components/session/mark-requests.ts';

markRequests();
