import { table } from '../world/tables.ts';

/** What the wire carries, table by table and in its order: ? flag, @ time, # number, {} JSON. */
export const persons = table(
  'persons',
  'id displayName primaryPhone primaryEmail avatarUrl metadata{} createdAt@ updatedAt@ tenantId',
);

export const identities = table(
  'platform_identities',
  `id personId agentId channel instanceId platformUserId platformUsername profilePicUrl profileData{} messageCount#
   lastSeenAt@ firstSeenAt@ linkedBy confidence# linkReason createdAt@ updatedAt@ tenantId`,
);

export const agents = table(
  'agents',
  `id name provider model agentType capabilities{} ownerId agentProviderId configPath isInternal? isActive? metadata{}
   agentCard{} followUpConfig{} eventManifest{} createdAt@ updatedAt@ tenantId`,
);

export const providers = table(
  'agent_providers',
  `id name schema baseUrl apiKey schemaConfig{} defaultStream? defaultTimeout# supportsStreaming? supportsImages?
   supportsAudio? supportsDocuments? description tags{} isActive? lastHealthCheck@ lastHealthStatus lastHealthError
   createdAt@ updatedAt@`,
);

export const instances = table(
  'instances',
  `id name channel sessionPath sessionIdPrefix discordBotToken discordClientId discordGuildIds{} discordDefaultChannelId
   discordVoiceEnabled? discordSlashCommandsEnabled? discordWebhookUrl discordPermissions slackBotToken slackAppToken
   slackSigningSecret slackTeamId telegramBotToken agentProviderId agentApiUrl agentApiKey agentId agentType
   agentTimeout# agentStreamMode? agentReplyFilter{} agentSessionStrategy agentPrefixSenderName? triggerEvents{}
   triggerReactions{} triggerMentionPatterns{} triggerMode triggerRateLimit# profileName profilePicUrl profileBio
   profileMetadata{} profileSyncedAt@ ownerIdentifier downloadMediaOnSync? isDefault? isActive? enableAutoSplit?
   disableUsernamePrefix? processMediaOnBlocked? accessMode messageDebounceMode messageDebounceMinMs#
   messageDebounceGroupMs# messageDebounceMaxMs# messageDebounceRestartOnTyping? messageDebounceMaxWaitMs#
   agentGateEnabled? agentGateModel agentGatePrompt messageSplitDelayMode messageSplitDelayFixedMs#
   messageSplitDelayMinMs# messageSplitDelayMaxMs# reactionAck reactionAckEmoji{} ackTimeoutMs# agentAckMessage
   ttsVoiceId ttsModelId processAudio? processImages? processVideo? processDocuments? agentWaitForMedia?
   agentSendMediaPath? agentSendMediaPathTypes{} requireGenieSignature? lastMessageAt@ createdAt@ updatedAt@ tenantId`,
);

export const chats = table(
  'chats',
  `id instanceId externalId canonicalId chatType channel name description avatarUrl parentChatId participantCount#
   messageCount# unreadCount# lastMessageAt@ lastMessagePreview settings{} platformMetadata{} visibility labels{}
   conversationId createdAt@ updatedAt@ archivedAt@ deletedAt@`,
);

export const participants = table(
  'chat_participants',
  `id chatId personId platformIdentityId platformUserId displayName avatarUrl role isActive? joinedAt@ leftAt@
   lastSeenAt@ messageCount# createdAt@ updatedAt@`,
);

export const messages = table(
  'messages',
  'id chatId senderPersonId senderPlatformIdentityId textContent createdAt@ updatedAt@',
);

export const events = table(
  'omni_events',
  `id externalId channel instanceId personId platformIdentityId eventType direction contentType textContent
   transcription imageDescription documentExtraction mediaId mediaMimeType mediaSize# mediaDuration# mediaUrl
   replyToEventId replyToExternalId chatId canonicalChatId status errorMessage errorStage receivedAt@ processedAt@
   deliveredAt@ readAt@ processingTimeMs# agentLatencyMs# totalLatencyMs# rawPayload{} agentRequest{} agentResponse{}
   metadata{} createdAt@`,
);

export const routes = table(
  'agent_routes',
  `id instanceId scope chatId personId agentId agentTimeout# agentStreamMode? agentReplyFilter{} agentSessionStrategy
   agentPrefixSenderName? agentWaitForMedia? agentSendMediaPath? agentSendMediaPathTypes{} agentGateEnabled?
   agentGateModel agentGatePrompt messageDebounceMode messageDebounceMinMs# messageDebounceMaxMs#
   messageDebounceGroupMs# messageDebounceRestartOnTyping? messageDebounceMaxWaitMs# messageSplitDelayMode
   messageSplitDelayFixedMs# messageSplitDelayMinMs# messageSplitDelayMaxMs# enableAutoSplit? reactionAck
   reactionAckEmoji{} ackTimeoutMs# agentAckMessage label priority# isActive? createdAt@ updatedAt@ tenantId`,
);

export const rules = table(
  'access_rules',
  `id instanceId ruleType phonePattern platformUserId personId priority# enabled? reason expiresAt~ action blockMessage
   createdAt@ updatedAt@ metadata{} tenantId`,
);

export const keys = table(
  'api_keys',
  `id name description keyPrefix keyHash scopes{} profile profileOverrides{} chatAllowlist{} instanceAllowlist{}
   outboundRecipientAllowlist{} instanceIds{} status rateLimit# expiresAt@ lastUsedAt@ lastUsedIp usageCount# revokedAt@
   revokedBy revokeReason activeInstanceId contextInstanceId contextChatId contextMessageId contextUpdatedAt@ createdAt@
   createdBy updatedAt@`,
);

export const keyAudit = table(
  'api_key_audit_logs',
  'id apiKeyId method path statusCode# ipAddress userAgent responseTimeMs# timestamp@',
);

export const configAudit = table(
  'config_audit_logs',
  `id apiKeyId apiKeyName actor requestId ipAddress userAgent method path statusCode# action targetType targetId
   changedFields{} changes{} createdAt@`,
);

export const automations = table(
  'automations',
  `id name description triggerEventType triggerConditions{} conditionLogic actions{} debounce{} enabled? priority#
   createdAt@ updatedAt@`,
);

export const settings = table('settings', 'key value{} createdAt@ updatedAt@');
