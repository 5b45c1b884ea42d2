const publicDomains = new Set(
  [
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com me.com mac.com',
    'proton.me protonmail.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com zoho.com fastmail.com hey.com',
    'yahoo.co.uk yahoo.co.jp yahoo.co.in yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.com.sg yahoo.com.br hotmail.co.uk hotmail.fr',
    'hotmail.it hotmail.es hotmail.de outlook.fr outlook.de outlook.es live.co.uk live.fr btinternet.com orange.fr wanadoo.fr',
    'free.fr laposte.net sfr.fr libero.it virgilio.it singnet.com.sg starhub.net.sg qq.com 163.com 126.com sina.com foxmail.com',
    'naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp rediffmail.com mail.ru yandex.ru yandex.com bk.ru uol.com.br',
    'comcast.net verizon.net att.net sbcglobal.net cox.net bellsouth.net bigpond.com rogers.com',
  ]
    .join(' ')
    .split(' '),
);

export const isPublicDomain = (domain: string) => publicDomains.has(domain);

/** the lookups of an e-mail address: itself, and its domain if that belongs to an organisation */
export const emailKeys = (address: string) => {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return isPublicDomain(domain) ? [address] : [address, `@${domain} ${address.slice(0, at)}`];
};

export const emailBucket = (key: string) =>
  Array.from(key.slice(0, 3))
    .slice(0, key.startsWith('@') ? 2 : 1)
    .join('');

/** hosts that treat `name+word@` as `name@` */
const tagging = ['gmail.com', 'outlook.com', 'hotmail.com', 'live.com', 'icloud.com'];

const dotless = 'gmail.com';

const aliases: Record<string, string> = { 'googlemail.com': dotless };

/** The canonical form of an address, the same for all spellings of its mailbox. For comparison only, never to send to. */
export const matchingEmail = (email: string) => {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  const local = email.slice(0, at).toLowerCase();
  const host = aliases[domain] ?? domain;
  if (!tagging.includes(host)) return `${local}@${domain}`;
  const name = local.replace(/\+.*$/, '');
  return `${host === dotless ? name.replaceAll('.', '') : name}@${host}`;
};
