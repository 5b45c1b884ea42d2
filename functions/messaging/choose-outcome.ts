import type * as z from 'zod';
import type { Channel } from '../../events/customer.ts';
import { isProvided } from '../content/template.ts';
import { minus, plus } from '../shared/time/duration.ts';
import { opensAt, quietUntil } from '../shared/time/time-of-day.ts';
import type { OptOut, RecentSend, Suppression } from './contact-history.ts';
import { isInControl, usualControl } from './control.ts';
import type { Stop } from './pause.ts';
import { type FrequencyCap, type MessagingRules, windowsOn, zoneOf } from './settings.ts';

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
  request: {
    channel: z.output<typeof Channel>;
    topic: string | null;
    confirms?: boolean;
    control?: 'global' | undefined;
  };
  customerId: string;
  to: string | undefined;
  /** somebody else than a public write key says that the address is the customer's */
  isProven: boolean;
  customerZone: string | undefined;
  consents: readonly Consent[];
  optOuts: readonly OptOut[];
  suppression: Suppression | undefined;
  settings: Omit<MessagingRules, 'guards'>;
  /** its topic or campaign is paused */
  paused?: { at: string; reason: string } | undefined;
  /** of its campaign, where that was stopped */
  campaign?: Pick<Stop, 'state' | 'at'> | undefined;
  sends: readonly Pick<RecentSend, 'channel' | 'at'>[];
  /** when the address was sent to, whichever customers had it; read only where a cap counts that */
  addressSends?: readonly string[];
  /** what speaks against promotion by the guards that are set: the number of a severe case, the due date of an invoice */
  guards?: { case?: string | undefined; invoice?: string | undefined } | undefined;
  now: string;
};

export type Outcome =
  | { do: 'send'; reasons: string[] }
  | { do: 'skip'; reason: string; reasons: string[] }
  | { do: 'hold'; until: string; reason: string; reasons: string[] };

/** a check passes, with or without a reason, or decides */
type Check = (
  facts: MessageFacts,
) => string | { skip: string; because?: string } | { hold: string; until: string } | undefined;

const ended: Check = ({ campaign }) =>
  campaign?.state === 'cancelled' ? { skip: `the campaign was cancelled on ${campaign.at}` } : undefined;

const address: Check = ({ to, request: { channel } }) => {
  if (!isProvided(channel)) return { skip: `no provider for channel ${channel}` };
  if (to) return undefined;
  return { skip: `the customer has no ${channel === 'post' ? 'complete address' : 'address'} for ${channel}` };
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

export const capsOn = ({
  request: { channel, topic },
  settings,
}: Pick<MessageFacts, 'request' | 'settings'>): FrequencyCap[] =>
  topic === null ? [] : settings.frequencyCaps.filter(cap => !cap.channel || cap.channel === channel);

const capped: Check = facts => {
  const { sends, addressSends = [], now } = facts;
  const used = capsOn(facts).map(({ channel, max, per, address }) => {
    const since = minus(now, per);
    const own = sends.filter(send => !channel || send.channel === channel).map(({ at }) => at);
    const count = (address ? addressSends : own).filter(at => at > since).length;
    const to = address ? ' to the address' : '';
    return { count, max, words: `${count} of ${max} ${channel ? `${channel} ` : ''}messages${to} in ${per}` };
  });
  const full = used.find(({ count, max }) => count >= max);
  if (full) return { skip: `frequency cap: ${full.words} sent already` };
  return used.length ? `frequency caps: ${used.map(({ words }) => words).join(', ')} sent before` : undefined;
};

const guarded: Check = ({ guards = {} }) => {
  if (guards.case) return { skip: 'case', because: `case: the case ${guards.case} is open` };
  if (guards.invoice) return { skip: 'invoice', because: `invoice: an invoice is overdue since ${guards.invoice}` };
};

const controlled: Check = ({ request, customerId, settings }) => {
  if (request.control !== 'global') return undefined;
  const control = settings.control ?? usualControl;
  if (isInControl(customerId, control))
    return { skip: `control: one of the ${control.percent} % whom no campaign reaches` };
  return `control: not one of the ${control.percent} % whom no campaign reaches`;
};

/** looked at again once a day, and when it is released or resumed */
const stopped: Check = ({ campaign, paused, now }) => {
  const until = plus(now, 'P1D');
  if (campaign?.state === 'paused') return { hold: `the campaign is paused since ${campaign.at}`, until };
  return paused && { hold: `paused since ${paused.at}: ${paused.reason}`, until };
};

const windowed: Check = ({ request: { channel, topic }, settings, customerZone, now }) => {
  const windows = topic === null ? [] : windowsOn(channel, settings);
  if (!windows.length) return undefined;
  const zone = zoneOf({ timeZone: customerZone }, settings);
  const until = opensAt(windows, now, zone);
  return until ? { hold: `outside the send windows, by the clock of ${zone}`, until } : `in a send window of ${zone}`;
};

const cooled: Check = ({ request: { topic }, settings: { coolDown }, sends, now }) => {
  if (topic === null || !coolDown) return undefined;
  const latest = sends
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const until = latest && plus(latest, coolDown);
  if (!until || until <= now) return `cool-down of ${coolDown} is over`;
  return { hold: `cool-down of ${coolDown} after the last message`, until };
};

const quiet: Check = ({ request: { topic }, settings, customerZone, now }) => {
  const { quietHours } = settings;
  if (topic === null || !quietHours) return undefined;
  const zone = zoneOf({ timeZone: customerZone }, settings);
  const hours = `quiet hours ${quietHours.from} to ${quietHours.to} ${zone}`;
  const until = quietUntil(quietHours, now, zone);
  return until ? { hold: hours, until } : `outside ${hours}`;
};

const checks: Check[] = [
  ended,
  address,
  proven,
  consent,
  suppressed,
  controlled,
  capped,
  stopped,
  windowed,
  quiet,
  guarded,
  cooled,
];

/** Whether a message is sent, skipped or held until an instant, and why: the first check that fails decides. Pure. */
export const chooseOutcome = (facts: MessageFacts): Outcome => {
  const reasons: string[] = [];
  for (const check of checks) {
    const found = check(facts);
    if (typeof found === 'string') reasons.push(found);
    else if (found && 'skip' in found)
      return { do: 'skip', reason: found.skip, reasons: [found.because ?? found.skip] };
    else if (found) return { do: 'hold', until: found.until, reason: found.hold, reasons: [...reasons, found.hold] };
  }
  return { do: 'send', reasons };
};
