import type { Source } from '../../events/session.ts';
import { isObject, type Json } from '../shared/json.ts';

const most = 100;

/** tools write one source with capitals, with spaces or without */
const word = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .toLowerCase()
        .slice(0, most)
        .toWellFormed() || undefined
    : undefined;

type Channel = Source['channel'];

const media: [Channel, RegExp][] = [
  ['paid', /^(cpc|ppc|cpm|cpv|cpa|display|banner|retargeting|paid.*|.*[-_ ]paid|(.*[-_ ])?ads?|sem)$/],
  ['email', /^e-?mail$|^newsletter$/],
  ['social', /^(social.*|sm|.*[-_ ]social)$/],
  ['search', /^(organic|seo)$/],
  ['referral', /^(referral|affiliate|partner|link)$/],
];

/** hosts by their first telling label, and what they are called */
const hosts: [Channel, medium: string, RegExp][] = [
  ['email', 'email', /^(mail|webmail|outlook|owa)\.|(^|\.)(mailchimp|list-manage)\.com$|^com\.google\.android\.gm$/],
  [
    'social',
    'social',
    /(^|\.)(facebook|instagram|linkedin|twitter|pinterest|reddit|tiktok|youtube|threads|snapchat|whatsapp|quora|tumblr|vk|weibo|bsky)\.\w+$|(^|\.)(x\.com|t\.co|lnkd\.in|youtu\.be|fb\.com|wa\.me|t\.me)$|^com\.(facebook|instagram|linkedin|twitter|reddit|pinterest|zhiliaoapp)\b/,
  ],
  [
    'search',
    'organic',
    /(^|\.)(google|bing|yahoo|duckduckgo|ecosia|qwant|startpage|baidu|yandex|naver|daum|seznam|sogou)\.\w+(\.\w+)?$|^search\.|^com\.google\.android\.googlequicksearchbox$/,
  ],
];

/** what hosts are called whose name says something else */
const called: Record<string, string> = {
  'com.google.android.gm': 'gmail',
  'x.com': 'twitter',
  't.co': 'twitter',
  'lnkd.in': 'linkedin',
  'youtu.be': 'youtube',
  'fb.com': 'facebook',
  'wa.me': 'whatsapp',
  't.me': 'telegram',
};

const hostOf = (address: unknown) => {
  if (typeof address !== 'string') return undefined;
  const [, host] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(address.trim()) ?? [];
  return host
    ?.toLowerCase()
    .replace(/^(www|m|l|lm|out)\./, '')
    .slice(0, most);
};

/** the domain that a company registers: the last two labels, of co.uk and its like three */
const domainOf = (host: string) => {
  const labels = host.split('.');
  const isSecond = /^(co|com|net|org|gov|ac|edu|or|ne)\.[a-z]{2}$/.test(labels.slice(-2).join('.'));
  return labels.slice(isSecond ? -3 : -2).join('.');
};

/** those that a visitor comes back from rather than by: they never are what a visit came from */
const between =
  /(^|\.)(paypal\.com|stripe\.com|adyen\.com|klarna\.com|mollie\.com|accounts\.google\.com|login\.microsoftonline\.com|appleid\.apple\.com|auth0\.com)$/;

const nameOf = (host: string, channel: Channel) => {
  if (channel === 'referral') return host;
  const [app, site] = [/^com\.(\w+)\./.exec(host)?.[1], domainOf(host)];
  return called[host] ?? app ?? called[site] ?? (site.split('.')[0] as string);
};

const direct: Source = { source: 'direct', medium: 'none', channel: 'direct' };

const byReferrer = (referrer: unknown, own: string | undefined): Source => {
  const host = hostOf(referrer);
  if (!host || between.test(host) || (own && domainOf(own) === domainOf(host))) return direct;
  const [channel, medium] = hosts.find(([, , pattern]) => pattern.test(host)) ?? (['referral', 'referral'] as const);
  return { source: nameOf(host, channel), medium, channel, referrer: host };
};

const clickIds = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'epik',
  'rdt_cid',
  'ScCid',
];

const channelOf = (medium: string | undefined, clickId: string | undefined, fallback: Channel): Channel => {
  const [channel] = media.find(([, pattern]) => medium && pattern.test(medium)) ?? [];
  return channel ?? (clickId && clickId !== 'fbclid' ? 'paid' : fallback);
};

const trimmed = (source: Source): Source =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Source;

/** whether a campaign brought the visitor, or a page that the visitor came from */
export type Arrival = { source: Source; byCampaign: boolean };

/** What brought a visitor to a page: its campaign, else the page before, else nothing that is known. Pure. */
export const arrivalOf = ({ context, properties }: { context: Json; properties: Json }): Arrival => {
  const page = isObject(context.page) ? context.page : {};
  const own = hostOf(page.url ?? properties.url);
  const given = isObject(context.referrer) ? (context.referrer.url ?? context.referrer.link) : context.referrer;
  const before = byReferrer(page.referrer ?? properties.referrer ?? given, own);
  const campaign = isObject(context.campaign) ? context.campaign : {};
  const clickId = [...clickIds, 'fbclid'].find(name => campaign[name] !== undefined);
  const [source, medium, name] = [word(campaign.source), word(campaign.medium), word(campaign.name)];
  // a click id beside nothing else of Facebook's is on every link there
  if (!source && !medium && !name && !clickId) return { source: before, byCampaign: false };
  const channel = channelOf(medium, clickId, before.channel === 'direct' ? 'other' : before.channel);
  const said = {
    source: source ?? (before.channel === 'direct' ? 'unknown' : before.source),
    medium: medium ?? (before.channel === 'direct' ? 'unknown' : before.medium),
    campaign: name,
    term: word(campaign.term),
    content: word(campaign.content),
    clickId,
    channel,
    referrer: before.referrer,
  };
  return { source: trimmed(said), byCampaign: true };
};

const tablet = /ipad|tablet|kindle|silk|playbook|android(?!.*mobile)/i;
const mobile = /mobi|iphone|ipod|android|windows phone|okhttp|cfnetwork|dart/i;

type Device = 'desktop' | 'mobile' | 'tablet' | 'other';

/** the class of a device, as its app or browser says it */
export const deviceOf = (context: Json): Device => {
  const device = isObject(context.device) ? context.device : {};
  const said = `${device.type ?? ''} ${device.model ?? ''}`.toLowerCase();
  const agent = typeof context.userAgent === 'string' ? context.userAgent : '';
  if (tablet.test(said) || tablet.test(agent)) return 'tablet';
  if (/ios|android|mobile|phone/.test(said) || mobile.test(agent)) return 'mobile';
  return /^Mozilla\//.test(agent) || isObject(context.page) ? 'desktop' : 'other';
};
