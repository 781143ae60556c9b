const NAMES: Record<string, string> = {
  'whatsapp-baileys': 'WhatsApp',
  'whatsapp-business': 'WhatsApp Business',
  'whatsapp-cloud': 'WhatsApp Business',
  'twilio-whatsapp': 'WhatsApp (Twilio)',
  gupshup: 'WhatsApp (Gupshup)',
  telegram: 'Telegram',
  discord: 'Discord',
  slack: 'Slack',
  a2a: 'Agent to agent',
};

/** A channel's brand name; channels are an open set (contract §8), so an unknown one is shown as Omni writes it. */
export function channelName(channel: string): string {
  return NAMES[channel] ?? channel;
}
