import { BlockList, isIP } from 'node:net';
import * as z from 'zod';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const unreachable = new BlockList();
const v4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
const v6 =
  '::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8';
for (const [text, family] of [
  [v4, 'ipv4'],
  [v6, 'ipv6'],
] as const)
  for (const block of text.split(' ')) {
    const [net = '', bits = ''] = block.split('/');
    unreachable.addSubnet(net, Number(bits), family);
  }

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const isLoopback = (address: string) => loopback.check(address, familyOf(address));

/** whether an address is none of the public internet; an IPv4 address mapped into IPv6 counts as IPv4 */
export const isPrivateAddress = (address: string) =>
  isLoopback(address) || unreachable.check(address, familyOf(address));

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '');

/** whether a URL leads to the machine itself */
export const leadsHome = (url: URL) => {
  const host = hostOf(url);
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) > 0 && isLoopback(host));
};

const faultOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return 'is not a URL such as https://example.com/hooks/orders';
  const url = new URL(text);
  const host = hostOf(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username || url.password) return 'must not have a user name or password: verify the signature instead';
  if (leadsHome(url)) return undefined;
  if (isIP(host) > 0 && isPrivateAddress(host)) return 'is a private address: name a public host';
  return url.protocol === 'https:' ? undefined : 'must begin with https://';
};

/** see `webhookFault` for the machine's own address */
export const WebhookUrl = z
  .string()
  .max(2_000)
  .superRefine((url, context) => {
    const message = faultOf(url);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({ format: 'uri', examples: ['https://example.com/hooks/orders'] });
