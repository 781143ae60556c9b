import { keep } from '#lib/text/keep.ts';

/**
 * Which calls need which scope, a line for each scope and method. Sources: contract §1.3, §3, §5, §6 and §7; what is beyond them was
 * read in Omni's source and is unproved. A call that needs one scope in one release and another in the next stands under both.
 */
const CALLS = `
  access:read         GET    /access/rules /access/rules/:id
  access:read         POST   /access/check
  access:write        POST   /access/rules
  access:write        PATCH  /access/rules/:id
  access:write        DELETE /access/rules/:id
  agent-state:read    GET    /agent-state/stream /agent-state/:agent/:chat
  agent-state:write   PUT    /agent-state/:agent/:chat
  agent-tasks:read    GET    /agent-tasks /agent-tasks/:id /agents/:id/tasks
  agent-tasks:write   POST   /agent-tasks
  agent-tasks:write   PATCH  /agent-tasks/:id
  agent-tasks:write   DELETE /agent-tasks/:id
  agents:read         GET    /agents /agents/:id /agents/:id/identities /agents/:id/tasks /a2a/agents /a2a/agents/:id/card
  agents:write        POST   /agents /agents/:id/identities
  agents:write        PATCH  /agents/:id
  agents:write        DELETE /agents/:id
  audit:read          GET    /audit /audit/:id
  auth:validate       POST   /auth/validate
  automations:read    GET    /automations /automations/:id /automations/:id/logs /automation-logs /automation-metrics
  automations:write   POST   /automations /automations/:id/:deed
  automations:write   PATCH  /automations/:id
  automations:write   DELETE /automations/:id
  batch-jobs:read     GET    /batch-jobs /batch-jobs/:id /batch-jobs/:id/status
  batch-jobs:read     POST   /batch-jobs/estimate
  batch-jobs:write    POST   /batch-jobs /batch-jobs/:id/cancel
  chats:read          GET    /chats /chats/:id /chats/:id/participants /chats/:id/messages
  chats:write         POST   /chats /chats/sync-names /chats/:id/:deed
  chats:write         PATCH  /chats/:id /chats/:id/participants/:user
  chats:write         DELETE /chats/:id /chats/:id/label /chats/:id/participants/:user
  context:read        GET    /context
  context:read        POST   /context/use
  context:write       POST   /context
  context:write       DELETE /context
  conversations:read  GET    /conversations /conversations/:id /conversations/:id/chats
  conversations:write POST   /conversations
  conversations:write PATCH  /conversations/:id
  conversations:write DELETE /conversations/:id
  dead-letters:read   GET    /dead-letters /dead-letters/:id
  dead-letters:write  POST   /dead-letters/:id/:deed
  event-ops:read      GET    /event-ops/metrics /event-ops/replay /event-ops/replay/:id
  event-ops:write     POST   /event-ops/replay /event-ops/scheduled
  event-ops:write     DELETE /event-ops/replay/:id
  events:read         GET    /events /events/:id /events/timeline/:person /events/by-sender/:sender
  events:read         POST   /events/search
  events:write        POST   /events/trigger
  instances:read      GET    /instances /instances/:id /instances/:id/status /instances/:id/qr /instances/:id/contacts
  instances:read      GET    /instances/:id/groups /instances/:id/groups/:group/:part /instances/:id/blocklist
  instances:read      GET    /instances/:id/privacy /instances/:id/sync /instances/:id/sync/:job /instances/:id/guilds
  instances:read      GET    /instances/:id/guilds/:guild/:part /instances/:id/pairing-requests
  instances:read      GET    /instances/:id/users/:user/profile /instances/:id/chats/:chat/invite
  instances:read      POST   /instances/:id/check-number
  instances:write     POST   /instances /instances/:id/pair /instances/:id/connect /instances/:id/disconnect
  instances:write     POST   /instances/:id/restart /instances/:id/logout /instances/:id/sync /instances/:id/sync/profile
  instances:write     POST   /instances/:id/resync /instances/:id/replay /instances/:id/block /instances/:id/groups
  instances:write     POST   /instances/:id/groups/join /instances/:id/groups/:group/invite/revoke
  instances:write     POST   /instances/:id/calls/reject /instances/:id/pairing-requests/:request/action
  instances:write     PUT    /instances/:id/presence /instances/:id/profile/:part /instances/:id/groups/:group/picture
  instances:write     PUT    /instances/:id/guilds/:guild/config
  instances:write     PATCH  /instances/:id
  instances:write     DELETE /instances/:id /instances/:id/block /instances/:id/profile/picture
  instances:write     DELETE /instances/:id/guilds/:guild/config
  journeys:read       GET    /journeys/:id
  keys:read           GET    /keys /keys/:id /keys/:id/audit
  keys:write          POST   /keys /keys/:id/revoke
  keys:write          PATCH  /keys/:id
  keys:write          DELETE /keys/:id
  logs:read           GET    /logs/stream /logs/recent
  media:read          GET    /media/:instance/**
  media:read          POST   /media/vision
  media:write         POST   /media/stt /media/imagine /media/film
  messages:read       GET    /messages /messages/:id /messages/tts/voices
  messages:read       POST   /messages/media/download
  messages:send       POST   /messages/send /messages/send/:kind /messages/edit-channel /messages/delete-channel
  messages:write      POST   /messages /messages/read /messages/:id/edit /messages/:id/reactions /messages/:id/read
  messages:write      POST   /messages/:id/star
  messages:write      PATCH  /messages/:id /messages/:id/:part
  messages:write      DELETE /messages/:id /messages/:id/reactions /messages/:id/star
  metrics:read        GET    /metrics
  payloads:read       GET    /events/:id/payloads /events/:id/payloads/:stage /payload-config /payload-stats
  payloads:write      PUT    /payload-config/:type
  payloads:write      DELETE /events/:id/payloads
  persons:read        GET    /persons /persons/:id /persons/:id/presence /persons/:id/timeline
  persons:write       POST   /persons/merge /persons/link /persons/unlink
  persons:write       PATCH  /persons/:id
  providers:read      GET    /providers /providers/:id /providers/:id/agents /providers/:id/teams /providers/:id/workflows
  providers:read      POST   /providers/:id/health
  providers:write     POST   /providers
  providers:write     PATCH  /providers/:id
  providers:write     DELETE /providers/:id
  routes:read         GET    /instances/:id/routes /instances/:id/routes/:route /routes/metrics
  routes:write        POST   /instances/:id/routes
  routes:write        PATCH  /instances/:id/routes/:route
  routes:write        DELETE /instances/:id/routes/:route
  settings:read       GET    /settings /settings/:name /settings/:name/history
  settings:write      PUT    /settings/:name
  settings:write      PATCH  /settings
  settings:write      DELETE /settings/:name
  tts:synthesize      POST   /media/tts
  turns:admin         GET    /turns /turns/:id
  turns:admin         POST   /turns/:id/close /turns/close-all
  turns:close         POST   /turns/close
  webhooks:read       GET    /webhook-sources /webhook-sources/:id
  webhooks:write      POST   /webhook-sources /webhooks/:source
  webhooks:write      PATCH  /webhook-sources/:id
  webhooks:write      DELETE /webhook-sources/:id
`;

type CallRule = { scope: string; method: string; path: string; pattern: RegExp };

const RULES: readonly CallRule[] = CALLS.trim()
  .split('\n')
  .flatMap((line) => {
    const [scope = '', method = '', ...paths] = line.trim().split(/\s+/);
    return paths.map((path) => ({ scope, method, path, pattern: patternOf(path) }));
  });

/** Names before variables: `/messages/read` is not the message `read`. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+').replace('/**', '(/.+)?')}$`);
}

const variables = ({ path }: CallRule) => path.split(':').length;

const found = keep(500, (call: string): readonly string[] => {
  const [method = '', path = ''] = call.split(' ');
  const fitting = RULES.filter((rule) => rule.method === method && rule.pattern.test(path));
  const fewest = Math.min(...fitting.map(variables));
  return [...new Set(fitting.filter((rule) => variables(rule) === fewest).map(({ scope }) => scope))];
});

/**
 * The scopes that let a call through; more than one where releases differ. Empty: this console doesn't know the call, or Omni's own
 * table doesn't, and then it takes `*` (contract §1.3). `path` may carry Omni's `/api/v2`.
 */
export function scopesOfCall(method: string, path: string): readonly string[] {
  const bare = path.replace(/^\/api\/v\d+(?=\/)/, '').replace(/(?<=.)\/$/, '');
  return found(`${method === 'HEAD' ? 'GET' : method} ${bare}`);
}

/**
 * Texts of which each call that needs one of these scopes has one in its path, as few as possible: what a log is searched for, since
 * Omni finds requests by a part of their path (contract §7.1). A call that only a newer Omni knows is found by its resource.
 */
export function pathPartsOf(scopes: readonly string[]): string[] {
  const parts = new Set(scopes.map((scope) => `/${scope.split(':')[0]}`));
  const paths = RULES.filter(({ scope }) => scopes.includes(scope))
    .map(({ path }) => path)
    .toSorted((a, b) => a.length - b.length);
  for (const path of paths) {
    if ([...parts].some((part) => path.includes(part))) continue;
    const runs = path.split(/:\w+|\*+/).filter((run) => run.length > 1);
    parts.add(runs.at(-1) ?? path);
  }
  return [...parts];
}
