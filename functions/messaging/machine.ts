import { toMs } from '../shared/time/duration.ts';
import type { Report } from './delivery-progress.ts';
import type { Message } from './message.ts';

// image proxies of Gmail and Yahoo are no machines here: they load what a reader opens
const scanner =
  /bot\b|crawl|spider|scan|preview|prefetch|proofpoint|mimecast|barracuda|symantec|sophos|forcepoint|cloudmark|fireeye|ironport|safelinks|urldefense|headless|phantomjs|curl|wget|python|libwww|go-http-client|okhttp|\bjava\/|node-fetch|axios/i;

/** Apple's Mail Privacy Protection loads every image, opened or not: from its own network, or with nothing but this name */
const isPrivacyProxy = ({ userAgent, ipAddress = '' }: Seen) =>
  userAgent?.trim() === 'Mozilla/5.0' || ipAddress.startsWith('17.');

type Seen = { userAgent?: string | undefined; ipAddress?: string | undefined };

/** sooner after the delivery than a person can follow a link, and so short that a person follows one link only */
const tooShortMs = 2_000;

const isAtOnce = (earlier: string, later: string) => Math.abs(toMs(later) - toMs(earlier)) <= tooShortMs;

/** Whether an open or a click was a machine's: a scanner, a proxy that loads images ahead, one that follows all links at once. Pure. */
export const isMachine = (
  { state, updatedAt, firstClick }: Pick<Message, 'state' | 'updatedAt' | 'firstClick'>,
  { open, click }: Pick<Report, 'open' | 'click'>,
): boolean => {
  const seen = click ?? open ?? {};
  if (scanner.test(seen.userAgent ?? '') || isPrivacyProxy(seen)) return true;
  if (!click?.timestamp) return false;
  if (state === 'delivered' && isAtOnce(updatedAt, click.timestamp)) return true;
  return firstClick !== undefined && firstClick.link !== click.link && isAtOnce(firstClick.at, click.timestamp);
};
