import type { z } from 'zod';
import type { Channel } from '../../events/customer.ts';
import { chooseOutcome, type MessageFacts, type Outcome } from './choose-outcome.ts';

type Name = z.output<typeof Channel>;

type Asked = { channel: Name; fallback?: Name[] | undefined; preferred?: boolean | undefined };

/** the order where a message asks for the preferred channel and names no other */
const usual: Name[] = ['push', 'email', 'sms'];

/** The channels that a message may go by, in order. Pure. */
export const candidatesOf = ({ channel, fallback, preferred }: Asked, own: Name | undefined): Name[] => {
  const others = fallback ?? (preferred ? usual : []);
  const order = others.includes(channel) ? others : [channel, ...others];
  return [...new Set([...(preferred && own ? [own] : []), ...order])];
};

type Tried = { channel: Name; outcome: Outcome };

const why = ({ channel, outcome }: Tried) =>
  `not by ${channel}: ${outcome.do === 'send' ? 'not needed' : outcome.reason}`;

/** The first channel by which it goes now, else the first by which it goes later, and why not by those before. */
export const chooseChannel = async <F extends MessageFacts>(
  channels: Name[],
  factsOn: (channel: Name) => Promise<F>,
): Promise<{ facts: F; reasons: string[] }> => {
  const tried: (Tried & { facts: F })[] = [];
  for (const channel of channels) {
    const facts = await factsOn(channel);
    if (channels.length === 1) return { facts, reasons: [] };
    tried.push({ channel, facts, outcome: chooseOutcome(facts) });
    if (tried.at(-1)?.outcome.do === 'send') break;
  }
  const found = (['send', 'hold', 'skip'] as const).map(kind => tried.find(({ outcome }) => outcome.do === kind));
  const chosen = found.find(one => one !== undefined) ?? tried[0]!;
  const before = tried.slice(0, tried.indexOf(chosen)).map(why);
  return { facts: chosen.facts, reasons: [`by ${chosen.channel}, of ${channels.join(', ')}`, ...before] };
};
