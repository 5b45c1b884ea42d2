/** anybody may have an address there: the domain says nothing of who it is */
const open = new Set(
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

/** a provider that anybody may have an address at */
export const isOpenDomain = (domain: string) => open.has(domain);

/** what an e-mail address is looked up by: itself from its beginning, and the domain where that is of an organisation */
export const emailKeys = (address: string) => {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return isOpenDomain(domain) ? [address] : [address, `@${domain} ${address.slice(0, at)}`];
};

export const emailBucket = (key: string) =>
  Array.from(key.slice(0, 3))
    .slice(0, key.startsWith('@') ? 2 : 1)
    .join('');
