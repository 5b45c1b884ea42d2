import { Answer } from '../shared/contract.ts';

const escaped = (text: string) => text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);

const style =
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}' +
  'button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;background:#1a4fb4;color:#fff;cursor:pointer}' +
  'button:focus-visible{outline:3px solid #1a1a1a;outline-offset:3px}';

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'x-content-type-options': 'nosniff',
};

const page = (status: number, title: string, rest: string) =>
  new Answer(
    status,
    `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>${rest}</main></body>
</html>
`,
    headers,
  );

type Named = { channel: string; topic: string };

const named = ({ channel, topic }: Named) => `<strong>${escaped(topic)}</strong> messages by ${escaped(channel)}`;

/** asks; the form posts to the address of the page itself */
export const askingPage = (subscription: Named) =>
  page(
    200,
    'Unsubscribe',
    `<p>You will no longer get ${named(subscription)}.</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form>`,
  );

export const donePage = (subscription: Named) =>
  page(200, 'You are unsubscribed', `<p role="status">You will no longer get ${named(subscription)}.</p>`);

export const unknownPage = () =>
  page(404, 'This link is not valid', '<p>Please use the link exactly as it was in the message.</p>');
