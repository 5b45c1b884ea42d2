import { escaped, htmlPage } from '../shared/http/html-page.ts';

type Named = { channel: string; topic: string };

const named = ({ channel, topic }: Named) => `<strong>${escaped(topic)}</strong> messages by ${escaped(channel)}`;

const manage = (preferencesUrl: string) => `<p><a href="${escaped(preferencesUrl)}">All your preferences</a></p>`;

/** asks; the form posts to the address of the page itself */
export const askingPage = (subscription: Named, preferencesUrl: string) =>
  htmlPage({
    title: 'Unsubscribe',
    body: `<p>You will no longer get ${named(subscription)}.</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form>${manage(preferencesUrl)}`,
  });

export const donePage = (subscription: Named, preferencesUrl?: string) =>
  htmlPage({
    title: 'You are unsubscribed',
    body: `<p role="status">You will no longer get ${named(subscription)}.</p>${preferencesUrl ? manage(preferencesUrl) : ''}`,
  });

export const unknownPage = () =>
  htmlPage({
    status: 404,
    title: 'This link is not valid',
    body: '<p>Please use the link exactly as it was in the message.</p>',
  });
