import type { Generation } from './database-errors.ts';
import { instanceColumns } from './schema-instances.ts';

/** Every table a diff, a snapshot or a reset looks at, parents before children. */
export const TABLE_NAMES = [
  'agent_providers',
  'persons',
  'agents',
  'instances',
  'platform_identities',
  'chats',
  'chat_participants',
  'messages',
  'omni_events',
  'agent_routes',
  'access_rules',
  'api_keys',
  'api_key_audit_logs',
  'config_audit_logs',
  'automations',
  'settings',
] as const;

const INT4 = (column: string) => `${column} INTEGER CHECK (${column} BETWEEN -2147483648 AND 2147483647)`;
const FLAG = (column: string) => `${column} INTEGER CHECK (${column} IN (0, 1))`;
const TIMES = 'created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL';

/** The overrides of a route, in the order of the wire (contract §2). */
const ROUTE_OVERRIDES = [
  INT4('agent_timeout'),
  FLAG('agent_stream_mode'),
  'agent_reply_filter TEXT, agent_session_strategy TEXT',
  FLAG('agent_prefix_sender_name'),
  FLAG('agent_wait_for_media'),
  FLAG('agent_send_media_path'),
  'agent_send_media_path_types TEXT',
  FLAG('agent_gate_enabled'),
  'agent_gate_model TEXT, agent_gate_prompt TEXT, message_debounce_mode TEXT',
  INT4('message_debounce_min_ms'),
  INT4('message_debounce_max_ms'),
  INT4('message_debounce_group_ms'),
  FLAG('message_debounce_restart_on_typing'),
  INT4('message_debounce_max_wait_ms'),
  'message_split_delay_mode TEXT',
  INT4('message_split_delay_fixed_ms'),
  INT4('message_split_delay_min_ms'),
  INT4('message_split_delay_max_ms'),
  FLAG('enable_auto_split'),
  'reaction_ack TEXT, reaction_ack_emoji TEXT',
  INT4('ack_timeout_ms'),
  'agent_ack_message TEXT',
].join(',\n  ');

/**
 * The tables with Omni's foreign keys, unique and check constraints (contract §3.1, §2). Times are microseconds since
 * 1970 (a rule's expiry milliseconds: 9999 would not fit a JavaScript number), JSON is text. `published` and `feb` carry the CHECK that an identity has a person or an agent, never both;
 * the measured server did not (behaviour G26).
 */
export function schemaFor(generation: Generation): string {
  const ownerCheck = generation === 'measured' ? '' : ', CHECK (person_id IS NULL OR agent_id IS NULL)';
  return `
CREATE TABLE agent_providers (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, schema TEXT NOT NULL, base_url TEXT NOT NULL, api_key TEXT,
  schema_config TEXT, ${FLAG('default_stream')}, ${INT4('default_timeout')}, ${FLAG('supports_streaming')},
  ${FLAG('supports_images')}, ${FLAG('supports_audio')}, ${FLAG('supports_documents')}, description TEXT, tags TEXT,
  ${FLAG('is_active')}, last_health_check INTEGER, last_health_status TEXT, last_health_error TEXT, ${TIMES}) STRICT;

CREATE TABLE persons (
  id TEXT PRIMARY KEY, display_name TEXT, primary_phone TEXT, primary_email TEXT, avatar_url TEXT, metadata TEXT,
  ${TIMES}, tenant_id TEXT, name_folded TEXT GENERATED ALWAYS AS (fold(display_name)) STORED) STRICT;
CREATE UNIQUE INDEX persons_phone_idx ON persons (primary_phone);
CREATE INDEX persons_created_idx ON persons (created_at);

CREATE TABLE agents (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, provider TEXT NOT NULL, model TEXT, agent_type TEXT NOT NULL,
  capabilities TEXT NOT NULL, owner_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  agent_provider_id TEXT REFERENCES agent_providers (id) ON DELETE SET NULL, config_path TEXT,
  ${FLAG('is_internal')}, ${FLAG('is_active')}, metadata TEXT, agent_card TEXT, follow_up_config TEXT,
  event_manifest TEXT, ${TIMES}, tenant_id TEXT) STRICT;
CREATE INDEX agents_owner_idx ON agents (owner_id);

CREATE TABLE instances (${instanceColumns}) STRICT;

CREATE TABLE platform_identities (
  id TEXT PRIMARY KEY, person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL, channel TEXT NOT NULL,
  instance_id TEXT REFERENCES instances (id) ON DELETE CASCADE, platform_user_id TEXT NOT NULL, platform_username TEXT,
  profile_pic_url TEXT, profile_data TEXT, ${INT4('message_count')}, last_seen_at INTEGER,
  first_seen_at INTEGER NOT NULL, linked_by TEXT, ${INT4('confidence')}, link_reason TEXT, ${TIMES}, tenant_id TEXT,
  username_folded TEXT GENERATED ALWAYS AS (fold(platform_username)) STORED,
  UNIQUE (channel, instance_id, platform_user_id)${ownerCheck}) STRICT;
CREATE INDEX platform_identities_person_idx ON platform_identities (person_id, last_seen_at);

CREATE TABLE chats (
  id TEXT PRIMARY KEY, instance_id TEXT REFERENCES instances (id) ON DELETE CASCADE, external_id TEXT NOT NULL,
  canonical_id TEXT, chat_type TEXT NOT NULL, channel TEXT NOT NULL, name TEXT, description TEXT, avatar_url TEXT,
  parent_chat_id TEXT, ${INT4('participant_count')}, ${INT4('message_count')}, ${INT4('unread_count')},
  last_message_at INTEGER, last_message_preview TEXT, settings TEXT, platform_metadata TEXT,
  visibility TEXT NOT NULL DEFAULT 'visible', labels TEXT NOT NULL DEFAULT '[]', conversation_id TEXT, ${TIMES},
  archived_at INTEGER, deleted_at INTEGER, name_folded TEXT GENERATED ALWAYS AS (fold(name)) STORED,
  UNIQUE (instance_id, external_id)) STRICT;

CREATE TABLE chat_participants (
  id TEXT PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  person_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  platform_identity_id TEXT REFERENCES platform_identities (id) ON DELETE SET NULL, platform_user_id TEXT NOT NULL,
  display_name TEXT, avatar_url TEXT, role TEXT, ${FLAG('is_active')}, joined_at INTEGER, left_at INTEGER,
  last_seen_at INTEGER, ${INT4('message_count')}, ${TIMES},
  name_folded TEXT GENERATED ALWAYS AS (fold(display_name)) STORED, UNIQUE (chat_id, platform_user_id)) STRICT;
CREATE INDEX chat_participants_person_idx ON chat_participants (person_id, last_seen_at);
CREATE INDEX chat_participants_identity_idx ON chat_participants (platform_identity_id);

CREATE TABLE messages (
  id TEXT PRIMARY KEY, chat_id TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  sender_person_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  sender_platform_identity_id TEXT REFERENCES platform_identities (id) ON DELETE SET NULL, text_content TEXT,
  ${TIMES}) STRICT;
CREATE INDEX messages_sender_idx ON messages (sender_person_id);
CREATE INDEX messages_identity_idx ON messages (sender_platform_identity_id);

CREATE TABLE omni_events (
  id TEXT PRIMARY KEY, external_id TEXT, channel TEXT NOT NULL,
  instance_id TEXT REFERENCES instances (id) ON DELETE SET NULL,
  person_id TEXT REFERENCES persons (id) ON DELETE SET NULL,
  platform_identity_id TEXT REFERENCES platform_identities (id) ON DELETE SET NULL, event_type TEXT NOT NULL,
  direction TEXT NOT NULL, content_type TEXT, text_content TEXT, transcription TEXT, image_description TEXT,
  document_extraction TEXT, media_id TEXT, media_mime_type TEXT, media_size INTEGER, media_duration INTEGER,
  media_url TEXT, reply_to_event_id TEXT, reply_to_external_id TEXT, chat_id TEXT, canonical_chat_id TEXT,
  status TEXT NOT NULL, error_message TEXT, error_stage TEXT, received_at INTEGER NOT NULL, processed_at INTEGER,
  delivered_at INTEGER, read_at INTEGER, processing_time_ms INTEGER, agent_latency_ms INTEGER,
  total_latency_ms INTEGER, raw_payload TEXT, agent_request TEXT, agent_response TEXT, metadata TEXT,
  created_at INTEGER NOT NULL) STRICT;
CREATE INDEX omni_events_person_idx ON omni_events (person_id, received_at);
CREATE INDEX omni_events_identity_idx ON omni_events (platform_identity_id);

CREATE TABLE agent_routes (
  id TEXT PRIMARY KEY, instance_id TEXT NOT NULL REFERENCES instances (id) ON DELETE CASCADE,
  scope TEXT NOT NULL CHECK (scope IN ('chat', 'user')), chat_id TEXT REFERENCES chats (id) ON DELETE CASCADE,
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL,
  ${ROUTE_OVERRIDES}, label TEXT, ${INT4('priority')}, ${FLAG('is_active')}, ${TIMES}, tenant_id TEXT,
  UNIQUE (instance_id, chat_id), UNIQUE (instance_id, person_id),
  CHECK ((scope = 'chat' AND chat_id IS NOT NULL AND person_id IS NULL)
    OR (scope = 'user' AND person_id IS NOT NULL AND chat_id IS NULL))) STRICT;
CREATE INDEX agent_routes_chat_idx ON agent_routes (chat_id);
CREATE INDEX agent_routes_person_idx ON agent_routes (person_id);

CREATE TABLE access_rules (
  id TEXT PRIMARY KEY, instance_id TEXT REFERENCES instances (id) ON DELETE CASCADE, rule_type TEXT NOT NULL,
  phone_pattern TEXT CHECK (length(phone_pattern) <= 50), platform_user_id TEXT CHECK (length(platform_user_id) <= 255),
  person_id TEXT REFERENCES persons (id) ON DELETE CASCADE,
  ${INT4('priority')}, ${FLAG('enabled')}, reason TEXT, expires_at INTEGER, action TEXT NOT NULL, block_message TEXT,
  ${TIMES}, metadata TEXT, tenant_id TEXT) STRICT;
CREATE INDEX access_rules_person_idx ON access_rules (person_id);
CREATE UNIQUE INDEX access_rules_unique_idx ON access_rules (instance_id, phone_pattern, rule_type);

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, key_prefix TEXT NOT NULL, key_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL, profile TEXT, profile_overrides TEXT NOT NULL DEFAULT '{}',
  chat_allowlist TEXT NOT NULL DEFAULT '[]', instance_allowlist TEXT NOT NULL DEFAULT '[]',
  outbound_recipient_allowlist TEXT NOT NULL DEFAULT '[]', instance_ids TEXT,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked', 'expired')), ${INT4('rate_limit')},
  expires_at INTEGER, last_used_at INTEGER, last_used_ip TEXT CHECK (length(last_used_ip) <= 45),
  usage_count INTEGER NOT NULL DEFAULT 0, revoked_at INTEGER, revoked_by TEXT, revoke_reason TEXT,
  active_instance_id TEXT, context_instance_id TEXT, context_chat_id TEXT, context_message_id TEXT,
  context_updated_at INTEGER, created_at INTEGER NOT NULL, created_by TEXT, updated_at INTEGER NOT NULL) STRICT;

CREATE TABLE api_key_audit_logs (
  id TEXT PRIMARY KEY, api_key_id TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE, method TEXT NOT NULL,
  path TEXT NOT NULL CHECK (length(path) <= 500), status_code INTEGER NOT NULL,
  ip_address TEXT CHECK (length(ip_address) <= 45), user_agent TEXT, response_time_ms INTEGER,
  timestamp INTEGER NOT NULL) STRICT;
CREATE INDEX api_key_audit_logs_idx ON api_key_audit_logs (api_key_id, timestamp);

CREATE TABLE config_audit_logs (
  id TEXT PRIMARY KEY, api_key_id TEXT, api_key_name TEXT, actor TEXT, request_id TEXT, ip_address TEXT,
  user_agent TEXT, method TEXT NOT NULL, path TEXT NOT NULL, status_code INTEGER NOT NULL, action TEXT NOT NULL,
  target_type TEXT NOT NULL, target_id TEXT, changed_fields TEXT NOT NULL, changes TEXT NOT NULL,
  created_at INTEGER NOT NULL) STRICT;

CREATE TABLE automations (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT, trigger_event_type TEXT NOT NULL,
  trigger_conditions TEXT, condition_logic TEXT, actions TEXT NOT NULL, debounce TEXT, ${FLAG('enabled')},
  ${INT4('priority')}, ${TIMES}) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT, ${TIMES}) STRICT;
`;
}
