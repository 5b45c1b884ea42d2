import { expect, test } from 'vitest';
import { campaignOf } from '../../functions/tracking/campaign.ts';
import { arrivalOf } from '../../functions/web-analytics/source-of.ts';

const arrival = (url: string, referrer?: string) => {
  const page = { url: `https://www.shop.example/${url}`, ...(referrer ? { referrer } : {}) };
  const campaign = campaignOf({ page }, {});
  return arrivalOf({ context: { page, ...(campaign ? { campaign } : {}) }, properties: {} }).source;
};

test.for([
  [
    'capitals and spaces make no other source',
    '?utm_source=LinkedIn%20&utm_medium=Social',
    undefined,
    'linkedin',
    'social',
    'social',
  ],
  [
    'a parameter twice is the first of them',
    '?utm_source=a&utm_source=b&utm_medium=cpc',
    undefined,
    'a',
    'cpc',
    'paid',
  ],
  ['a click id without more', '?gbraid=x', 'https://www.google.com/', 'google', 'cpc', 'paid'],
  [
    'a click id that every link of a network has',
    '?fbclid=x',
    'https://l.facebook.com/',
    'facebook',
    'social',
    'social',
  ],
  [
    'a medium says more than a click id',
    '?utm_source=meta&utm_medium=paid_social&fbclid=x',
    undefined,
    'meta',
    'paid_social',
    'paid',
  ],
  ['a word that ends as another', '?utm_source=x&utm_medium=leads', undefined, 'x', 'leads', 'other'],
  ['a return from a payment', '', 'https://www.paypal.com/checkout', 'direct', 'none', 'direct'],
  ['a return from signing in', '', 'https://accounts.google.com/o/oauth2', 'direct', 'none', 'direct'],
  ['another host of the same company', '', 'https://pay.shop.example/', 'direct', 'none', 'direct'],
  ['a search', '', 'https://news.google.co.uk/', 'google', 'organic', 'search'],
  ['an app', '', 'android-app://com.google.android.gm/', 'gmail', 'email', 'email'],
  ['a search in an app', '', 'android-app://com.google.android.googlequicksearchbox/', 'google', 'organic', 'search'],
  ['a short host', '', 'https://t.co/abc', 'twitter', 'social', 'social'],
  ['an assistant', '?utm_source=chatgpt.com', 'https://chatgpt.com/', 'chatgpt.com', 'referral', 'referral'],
  ['any other site', '', 'http://www.Blog.example.org:8080/post?x=1', 'blog.example.org', 'referral', 'referral'],
  ['no address at all', '', 'about:blank', 'direct', 'none', 'direct'],
  [
    'a percent sign that encodes nothing',
    '?utm_source=50%&utm_medium=%E0%A4%A',
    undefined,
    '50%',
    expect.any(String),
    'other',
  ],
] as const)('%s', ([, url, referrer, source, medium, channel]) => {
  expect(arrival(url, referrer)).toMatchObject({ source, medium, channel });
});
