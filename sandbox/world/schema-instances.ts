/**
 * An instance has seventy columns; the console reads twenty. Their defaults are the current source's (contract §6):
 * `agent_id` names a row of `agents`, the timeout is 600 s and the session per chat. The measured server still had the
 * February table there (behaviour J1: `agentId: "vendas"`, 60 s, `per_user_per_chat`).
 */
export const instanceColumns = `
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, session_path TEXT, session_id_prefix TEXT,
  discord_bot_token TEXT, discord_client_id TEXT, discord_guild_ids TEXT, discord_default_channel_id TEXT,
  discord_voice_enabled INTEGER DEFAULT 0, discord_slash_commands_enabled INTEGER DEFAULT 1, discord_webhook_url TEXT,
  discord_permissions TEXT, slack_bot_token TEXT, slack_app_token TEXT, slack_signing_secret TEXT, slack_team_id TEXT,
  telegram_bot_token TEXT, agent_provider_id TEXT REFERENCES agent_providers (id) ON DELETE SET NULL,
  agent_api_url TEXT, agent_api_key TEXT, agent_id TEXT REFERENCES agents (id) ON DELETE SET NULL,
  agent_type TEXT DEFAULT 'agent', agent_timeout INTEGER DEFAULT 600, agent_stream_mode INTEGER DEFAULT 0,
  agent_reply_filter TEXT, agent_session_strategy TEXT DEFAULT 'per_chat',
  agent_prefix_sender_name INTEGER DEFAULT 1, trigger_events TEXT DEFAULT '["message.received"]',
  trigger_reactions TEXT, trigger_mention_patterns TEXT, trigger_mode TEXT DEFAULT 'round-trip',
  trigger_rate_limit INTEGER DEFAULT 5, profile_name TEXT, profile_pic_url TEXT, profile_bio TEXT,
  profile_metadata TEXT, profile_synced_at INTEGER, owner_identifier TEXT, download_media_on_sync INTEGER DEFAULT 0,
  is_default INTEGER DEFAULT 0, is_active INTEGER DEFAULT 0, enable_auto_split INTEGER DEFAULT 1,
  disable_username_prefix INTEGER DEFAULT 0, process_media_on_blocked INTEGER DEFAULT 1,
  access_mode TEXT DEFAULT 'blocklist', message_debounce_mode TEXT DEFAULT 'randomized',
  message_debounce_min_ms INTEGER DEFAULT 0, message_debounce_group_ms INTEGER,
  message_debounce_max_ms INTEGER DEFAULT 0, message_debounce_restart_on_typing INTEGER DEFAULT 0,
  message_debounce_max_wait_ms INTEGER, agent_gate_enabled INTEGER DEFAULT 0, agent_gate_model TEXT,
  agent_gate_prompt TEXT, message_split_delay_mode TEXT DEFAULT 'randomized',
  message_split_delay_fixed_ms INTEGER DEFAULT 0, message_split_delay_min_ms INTEGER DEFAULT 300,
  message_split_delay_max_ms INTEGER DEFAULT 1000, reaction_ack TEXT DEFAULT 'off', reaction_ack_emoji TEXT,
  ack_timeout_ms INTEGER, agent_ack_message TEXT, tts_voice_id TEXT, tts_model_id TEXT,
  process_audio INTEGER DEFAULT 1, process_images INTEGER DEFAULT 1, process_video INTEGER DEFAULT 1,
  process_documents INTEGER DEFAULT 1, agent_wait_for_media INTEGER DEFAULT 1,
  agent_send_media_path INTEGER DEFAULT 1, agent_send_media_path_types TEXT,
  require_genie_signature INTEGER DEFAULT 0, last_message_at INTEGER, created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, tenant_id TEXT`;
