import { isProvided } from '../content/template.ts';
import { minus } from '../shared/time/duration.ts';
import { quietUntil } from '../shared/time/time-of-day.ts';
import type { OptOut, RecentSend, Suppression } from './contact-history.ts';
import type { FrequencyCap, MessagingRules } from './settings.ts';

type Consent = {
  channel: string;
  topic: string;
  status: string;
  at: string;
  source: string;
  expiresAt?: string | undefined;
  /** not given: the topic rests on a legitimate interest, and the customer did not object */
  implied?: true | undefined;
};

export type MessageFacts = {
  /** `confirms`: it asks for the confirmation of a consent */
  request: { channel: string; topic: string | null; confirms?: boolean };
  to: string | undefined;
  /** somebody else than a public write key says that the address is the customer's */
  isProven: boolean;
  customerZone: string | undefined;
  consents: readonly Consent[];
  optOuts: readonly OptOut[];
  suppression: Suppression | undefined;
  settings: Omit<MessagingRules, 'guards'>;
  sends: readonly RecentSend[];
  /** what speaks against promotion by the guards that are set: the number of a severe case, the due date of an invoice */
  guards?: { case?: string | undefined; invoice?: string | undefined } | undefined;
  now: string;
};

export type Outcome =
  | { do: 'send'; reasons: string[] }
  | { do: 'skip'; reason: string; reasons: string[] }
  | { do: 'hold'; until: string; reason: string; reasons: string[] };

/** a check passes, with or without a reason, or decides */
type Check = (facts: MessageFacts) => string | { skip: string } | { hold: string; until: string } | undefined;

const address: Check = ({ to, request: { channel } }) => {
  if (!isProvided(channel)) return { skip: `no provider for channel ${channel}` };
  return to ? undefined : { skip: `the customer has no address for ${channel}` };
};

const proven: Check = ({ isProven, request: { confirms } }) => {
  if (isProven || confirms) return undefined;
  return { skip: 'only a public write key named the address: enter it yourself, or have it confirmed by a link' };
};

const suppressed: Check = ({ suppression }) =>
  suppression && { skip: `the address is suppressed since ${suppression.at}: ${suppression.reason}` };

const consent: Check = ({ request: { channel, topic }, consents, optOuts }) => {
  if (topic === null) return 'transactional: needs no consent';
  const matches = (one: { channel: string; topic: string }) => one.channel === channel && one.topic === topic;
  const given = consents.find(matches);
  if (given?.status !== 'granted') {
    const since = given?.status === 'expired' ? given.expiresAt : given?.at;
    return { skip: `no consent to ${topic} by ${channel}${given ? `: ${given.status} on ${since}` : ''}` };
  }
  const out = optOuts.find(matches);
  if (out && (given.implied || out.at >= given.at))
    return { skip: `unsubscribed from ${topic} by ${channel} on ${out.at}` };
  if (given.implied) return `${topic} by ${channel} needs no consent: ${given.source}`;
  return `consent to ${topic} by ${channel} granted on ${given.at} (${given.source})`;
};

export const capsOn = ({ request: { channel, topic }, settings }: MessageFacts): FrequencyCap[] =>
  topic === null ? [] : settings.frequencyCaps.filter(cap => !cap.channel || cap.channel === channel);

const capped: Check = facts => {
  const used = capsOn(facts).map(({ channel, max, per }) => {
    const since = minus(facts.now, per);
    const count = facts.sends.filter(send => send.at > since && (!channel || send.channel === channel)).length;
    return { count, max, words: `${count} of ${max} ${channel ? `${channel} ` : ''}messages in ${per}` };
  });
  const full = used.find(({ count, max }) => count >= max);
  if (full) return { skip: `frequency cap: ${full.words} sent already` };
  return used.length ? `frequency caps: ${used.map(({ words }) => words).join(', ')} sent before` : undefined;
};

const guarded: Check = ({ guards = {} }) => {
  if (guards.case) return { skip: `guard: severe-case: the case ${guards.case} is open` };
  if (guards.invoice) return { skip: `guard: overdue-invoice: an invoice is overdue since ${guards.invoice}` };
};

const quiet: Check = ({ request: { topic }, settings: { quietHours, timeZone }, customerZone, now }) => {
  if (topic === null || !quietHours) return undefined;
  const zone = customerZone ?? timeZone ?? 'UTC';
  const hours = `quiet hours ${quietHours.from} to ${quietHours.to} ${zone}`;
  const until = quietUntil(quietHours, now, zone);
  return until ? { hold: hours, until } : `outside ${hours}`;
};

const checks: Check[] = [address, proven, suppressed, consent, guarded, capped, quiet];

/** Whether a message is sent, skipped or held until an instant, and why: the first check that fails decides. Pure. */
export const chooseOutcome = (facts: MessageFacts): Outcome => {
  const reasons: string[] = [];
  for (const check of checks) {
    const found = check(facts);
    if (typeof found === 'string') reasons.push(found);
    else if (found && 'skip' in found) return { do: 'skip', reason: found.skip, reasons: [found.skip] };
    else if (found) return { do: 'hold', until: found.until, reason: found.hold, reasons: [...reasons, found.hold] };
  }
  return { do: 'send', reasons };
};
