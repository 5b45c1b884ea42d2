import { escaped } from '../../shared/http/html-page.ts';
import type { HelpPhrases } from './phrases.ts';

/** the customer's own part: it asks the routes under /v1/me with the token of the sign-in, which this window alone keeps */
export const myScript = `(() => {
const root = document.getElementById('my');
const { tenant, words: w, language } = JSON.parse(root.dataset.page);
const by = id => document.getElementById(id);
const el = (name, props = {}, ...parts) => {
  const node = Object.assign(document.createElement(name), props);
  node.append(...parts);
  return node;
};
const say = text => { by('said').textContent = text; by('said').hidden = !text; };
const time = (at, zone) => new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', ...(zone && { timeZone: zone }) });
let token = sessionStorage.getItem('rapport-help');
let nonce;
const own = ['cases', 'case', 'booked', 'types', 'slots', 'bills'];
const leave = () => {
  token = null;
  sessionStorage.removeItem('rapport-help');
  for (const id of own) by(id).replaceChildren();
  say('');
  show();
};
const ask = async (method, path, body) => {
  const reply = await fetch('/v1/' + path, {
    method,
    headers: { ...(token && { authorization: 'Bearer ' + token }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (reply.ok) return reply;
  if (reply.status === 401 && token) leave();
  throw new Error(String(reply.status));
};
const json = async (...asked) => (await ask(...asked)).json();
const doing = (act, fault = w.failed) => async event => {
  event.preventDefault();
  say('');
  try { await act(event); } catch { say(fault); }
};
const button = (text, act, props = {}) => el('button', { type: 'button', textContent: text, onclick: doing(act), ...props });
const field = (id, label, box) => [el('label', { htmlFor: id, textContent: label }), Object.assign(box, { id, required: true })];
const list = (items, shown, none) => items.length ? el('ul', {}, ...items.map(one => el('li', {}, ...shown(one)))) : el('p', { textContent: none });

const openCase = async one => {
  const { items } = await json('GET', 'me/cases/' + one.id + '/messages?limit=50');
  const over = one.status === 'resolved' || one.status === 'closed';
  const heading = el('h3', { textContent: one.number + ': ' + one.subject, tabIndex: -1 });
  const text = el('textarea', { rows: 4, maxLength: 20000 });
  const send = doing(async () => {
    await ask('POST', 'me/cases/' + one.id + (over ? '/reopen' : '/reply'), over ? { reason: text.value } : { body: text.value });
    await openCase(await json('GET', 'me/cases/' + one.id));
  });
  const end = button(w.close, async () => { await ask('POST', 'me/cases/' + one.id + '/close', {}); await cases(); }, { className: 'second' });
  by('case').replaceChildren(
    heading,
    ...items.reverse().map(({ from, at, body }) => el('p', {}, el('strong', { textContent: (from === 'me' ? w.me : w.company) + ', ' + time(at) }), el('br'), body)),
    el('form', { onsubmit: send }, ...field('reply', w.reply, text), el('button', { textContent: over ? w.reopen : w.send }), ' ', ...(over ? [] : [end])),
  );
  heading.focus();
};
const cases = async () => {
  const { items } = await json('GET', 'me/cases?limit=50');
  const over = one => one.status === 'resolved' || one.status === 'closed';
  by('case').replaceChildren();
  by('cases').replaceChildren(list(items, one => [
    button(one.number + ': ' + one.subject, () => openCase(one), { className: 'second' }),
    ' ' + (over(one) ? w.closed : w.open),
  ], w.noRequests));
};
const bookings = async () => {
  const [{ items }, types] = await Promise.all([json('GET', 'me/appointments?limit=50'), json('GET', 'me/appointment-types?limit=50')]);
  by('booked').replaceChildren(...items.filter(one => one.state === 'booked').map(one =>
    el('p', {}, one.subject + ', ' + time(one.startsAt, one.timeZone) + ' ', button(w.cancel, async () => {
      await ask('POST', 'me/appointments/' + one.id + '/cancel', {});
      await bookings();
    }, { className: 'second' }))));
  by('types').replaceChildren(...types.items.map(type => button(w.book + ': ' + type.name, () => slots(type), { className: 'second' })));
  by('appointments').hidden = !items.length && !types.items.length;
};
const slots = async type => {
  const { items } = await json('GET', 'me/slots?limit=50&typeId=' + encodeURIComponent(type.id));
  if (!items.length) return by('slots').replaceChildren(el('p', { textContent: w.noSlots }));
  const box = el('select', {}, ...items.map(one => el('option', { value: one.startsAt, textContent: one.local.replace('T', ' ') })));
  const book = doing(async () => {
    await ask('POST', 'me/appointments', { typeId: type.id, startsAt: box.value });
    by('slots').replaceChildren();
    await bookings();
    say(w.booked);
  });
  by('slots').replaceChildren(el('form', { onsubmit: book }, ...field('slot', w.choose, box), el('button', { textContent: w.book })));
  box.focus();
};
const invoices = async () => {
  const { items } = await json('GET', 'me/invoices?limit=50');
  const money = ({ amount, currency }) => {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency });
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  };
  by('invoices').hidden = !items.length;
  by('bills').replaceChildren(list(items, one => [one.number + ': ' + money(one.total) + ', ' + (one.balance.amount > 0 ? w.due + ' ' + money(one.balance) : w.paid)], ''));
};
const show = async () => {
  by('sign-in').hidden = Boolean(token);
  by('own').hidden = !token;
  if (token) await Promise.all([cases(), bookings(), invoices()]);
};
by('ask').onsubmit = doing(async () => {
  ({ nonce } = await json('POST', 'portal/sign-in', { tenant, email: by('email').value }));
  by('enter').hidden = false;
  by('code').focus();
  say(w.codeSent);
});
by('enter').onsubmit = doing(async () => {
  ({ token } = await json('POST', 'portal/token', { tenant, email: by('email').value, code: by('code').value.trim(), nonce }));
  sessionStorage.setItem('rapport-help', token);
  by('enter').reset();
  await show();
}, w.wrong);
by('new').onsubmit = doing(async () => {
  await ask('POST', 'me/cases', { subject: by('subject').value, description: by('text').value });
  by('new').reset();
  await cases();
  say(w.sent);
});
by('leave').onclick = leave;
by('export').onclick = doing(async () => {
  const file = URL.createObjectURL(await (await ask('GET', 'me/export')).blob());
  el('a', { href: file, download: 'my-data.ndjson' }).click();
  URL.revokeObjectURL(file);
});
root.hidden = false;
show().catch(() => say(w.failed));
})();`;

const section = (id: string, title: string, body: string) =>
  `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escaped(title)}</h2>${body}</section>`;

const box = (id: string, label: string, attributes: string) =>
  `<label for="${id}">${escaped(label)}</label><input id="${id}" ${attributes} required>`;

export const myBody = (words: HelpPhrases, { tenant, language }: { tenant: string; language: string }) => {
  const page = escaped(JSON.stringify({ tenant, words, language }));
  const submit = (text: string) => `<button type="submit">${escaped(text)}</button>`;
  const asking = `<p>${escaped(words.signInText)}</p><form id="ask">${box('email', words.email, 'type="email" autocomplete="email"')}${submit(words.sendCode)}</form>`;
  const entering = `<form id="enter" hidden>${box('code', words.code, 'type="text" inputmode="numeric" autocomplete="one-time-code" pattern="\\s*[0-9]{6}\\s*"')}${submit(words.enter)}</form>`;
  const text = `<label for="text">${escaped(words.message)}</label><textarea id="text" rows="6" maxlength="20000" required></textarea>`;
  const opening = `<h3>${escaped(words.newRequest)}</h3><form id="new">${box('subject', words.subject, 'type="text" maxlength="300"')}${text}${submit(words.send)}</form>`;
  const own = [
    section('requests', words.yourRequests, `<div id="cases"></div><div id="case"></div>${opening}`),
    section('appointments', words.appointments, '<div id="booked"></div><p id="types"></p><div id="slots"></div>'),
    section('invoices', words.invoices, '<div id="bills"></div>'),
    `<p><button type="button" id="export" class="second">${escaped(words.export)}</button> <button type="button" id="leave" class="second">${escaped(words.signOut)}</button></p>`,
  ];
  return `<noscript><p>${escaped(words.needsScript)}</p></noscript><div id="my" hidden data-page="${page}"><p id="said" role="status" hidden></p>${section('sign-in', words.signIn, asking + entering)}<div id="own" hidden>${own.join('')}</div></div>`;
};
