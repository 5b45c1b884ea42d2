import type { Consent } from './consent.ts';
import type { Phrases } from './phrases.ts';

/** what a customer calls a channel */
export const channelWord = (words: Phrases, channel: Consent['channel']): string =>
  ({
    email: words.channelEmail,
    sms: words.channelSms,
    push: words.channelPush,
    webhook: words.channelWebhook,
    inapp: words.channelInapp,
    whatsapp: words.channelWhatsapp,
    phone: words.channelPhone,
    post: words.channelPost,
  })[channel];
