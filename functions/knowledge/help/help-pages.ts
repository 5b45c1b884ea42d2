import { branded, filled, invalidPage, wordsFor } from '../../consent/page.ts';
import { preferenceSettings } from '../../consent/preference-settings.ts';
import { inLanguage } from '../../consent/topic.ts';
import { brandFault, brands } from '../../content/brand.ts';
import { OtherMessage } from '../../conversations/conversation-routes.ts';
import { otherMessage } from '../../conversations/other-channels.ts';
import { receive } from '../../conversations/receive.ts';
import { termsOf } from '../../memory/words.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, type Request } from '../../shared/http/contract.ts';
import { escaped } from '../../shared/http/html-page.ts';
import { tenantName } from '../../shared/http/principal.ts';
import { add } from '../../shared/store/changes.ts';
import { takeQuota } from '../../shared/store/quota.ts';
import { gapChange, usageOf } from '../answers.ts';
import { findArticles, publishedVersions } from '../articles.ts';
import { findAnswer } from '../find-answer.ts';
import { shelved } from '../shelf.ts';
import { helpRoutes, helpSettingsRoutes } from './help-routes.ts';
import { helpSettings } from './help-settings.ts';
import { htmlOf } from './markdown.ts';
import { myBody, myScript } from './my-page.ts';
import { helpPhrases } from './phrases.ts';

type Asked = Pick<Request, 'params' | 'headers'>;

/** the help centre of a company with its look, in the language of the browser; undefined unless it has one */
const siteOf = async ({ params: { tenant = '' }, headers }: Asked, anonymous: Ctx) => {
  if (!tenantName.test(tenant)) return undefined;
  const ctx = anonymous.as(tenant, 'source:help-centre');
  const { enabled, brandId } = await helpSettings.of(ctx.store);
  if (!enabled) return undefined;
  const [usual, brand] = await Promise.all([
    preferenceSettings.of(ctx.store),
    brandId ? ctx.store.get(brands, { id: brandId }) : undefined,
  ]);
  const { language } = wordsFor(usual, undefined, headers);
  const words = { ...helpPhrases.en, ...inLanguage(helpPhrases, language) };
  const settings = brand ? { name: brand.name, colour: brand.colour, logo: brand.logo } : usual;
  const at = `/v1/help/${tenant}`;
  const link = (path: string, text: string) => `<a href="${escaped(at + path)}">${escaped(text)}</a>`;
  const nav = `<nav aria-label="${escaped(words.nav)}">${link('', words.title)}${link('/requests', words.ask)}${link('/me', words.mine)}</nav>`;
  const page = (title: string, body: string, more: { status?: number; script?: string } = {}) =>
    branded({ settings, words: { language } }, { title, body, nav, ...more });
  return { ctx, tenant, words, language, at, link, page };
};
type Site = NonNullable<Awaited<ReturnType<typeof siteOf>>>;

const onSite =
  <R extends Asked, T>(show: (site: Site, request: R) => Promise<T>) =>
  async (request: R, anonymous: Ctx) => {
    const site = await siteOf(request, anonymous);
    return site ? show(site, request) : invalidPage(request);
  };

const searchForm = ({ at, words }: Site, q = '') =>
  `<form role="search" action="${escaped(at)}"><label for="q">${escaped(words.searchLabel)}</label><input type="search" id="q" name="q" maxlength="1000" value="${escaped(q)}"><button type="submit">${escaped(words.search)}</button></form>`;

/** in the language of the reader, or else in any */
const listed = async ({ ctx, language }: Site, q: string | undefined) => {
  const query = { q, audience: 'public', state: 'published', limit: 20 } as const;
  const own = await findArticles({ query: { ...query, language } }, ctx);
  return own.items.length ? own.items : (await findArticles({ query }, ctx)).items;
};

const answered = async ({ ctx, language, words, link }: Site, q: string) => {
  const own = await findAnswer(q, { audience: ['public'], language }, ctx.store);
  const { citations } = own.citations.length ? own : await findAnswer(q, { audience: ['public'] }, ctx.store);
  const [best] = citations;
  if (!best) return `<p role="status">${escaped(words.noAnswer)}</p>`;
  const sources = citations.map(({ articleId, title }) => `<li>${link(`/articles/${articleId}`, title)}</li>`);
  return `<h2>${escaped(words.answerTitle)}</h2>${htmlOf(best.excerpt, 3)}<p>${escaped(words.sources)}:</p><ul>${sources.join('')}</ul>`;
};

const most = { ip: 20, tenant: 2000, text: 20_000 };

const mayAsk = async ({ tenant, ctx: { now } }: Site, ip: string) => {
  const hour = { seconds: 3600 };
  const own = await takeQuota(tenant, { name: `help ${ip}`, most: most.ip, ...hour }, now);
  return !own && !(await takeQuota(tenant, { name: 'help', most: most.tenant, ...hour }, now));
};

type Given = { get(name: string): string | null };

const requestForm = ({ at, words }: Site, given: Given, notice = '') => {
  const value = (name: string) => escaped(given.get(name) ?? '');
  const text = (name: 'name' | 'email' | 'subject', attributes: string) =>
    `<label for="${name}">${escaped(words[name])}</label><input id="${name}" name="${name}" value="${value(name)}" ${attributes}>`;
  const said = notice && `<p role="status">${escaped(notice)}</p>`;
  const message = `<label for="message">${escaped(words.message)}</label><textarea id="message" name="message" rows="8" maxlength="${most.text}" required>${value('message') || value('q')}</textarea>`;
  return `<p>${escaped(words.requestIntro)}</p>${said}<form method="post" action="${escaped(at)}/requests"><input type="hidden" name="q" value="${value('q')}">${text('name', 'type="text" maxlength="200" autocomplete="name"')}${text('email', 'type="email" autocomplete="email" required')}${text('subject', 'type="text" maxlength="300"')}${message}<button type="submit">${escaped(words.send)}</button></form>`;
};

const Sent = OtherMessage.pick({ from: true, subject: true, text: true });

const messageIn = (form: URLSearchParams) => {
  const field = (name: string) => form.get(name)?.trim() || undefined;
  const from = { email: field('email'), name: field('name') };
  const { data } = Sent.safeParse({ from, subject: field('subject'), text: field('message') });
  return data?.from.email ? data : undefined;
};

/** the question that no article answered is one that an article is missing for */
const missed = async ({ ctx, language }: Site, question: string) => {
  const gap = await gapChange({ terms: [...new Set(termsOf(question))] }, language, ctx);
  await ctx.store.commit([...gap, add(usageOf(ctx.now), { questions: 1, handedOver: 1 })]);
};

export const helpHandlers = handlers(helpRoutes, {
  showHelp: onSite(async (site, { query: { q } }: Request<typeof helpRoutes.showHelp>) => {
    const { words, link, page } = site;
    const [items, answer] = await Promise.all([listed(site, q), q ? answered(site, q) : '']);
    const shown = items.map(({ id, title }) => `<li>${link(`/articles/${id}`, title)}</li>`).join('');
    const list = shown ? `<ul>${shown}</ul>` : `<p>${escaped(words.none)}</p>`;
    const ask = q ? `<p>${link(`/requests?q=${encodeURIComponent(q)}`, words.ask)}</p>` : '';
    return page(words.title, `${searchForm(site, q)}${answer}<h2>${escaped(words.articles)}</h2>${list}${ask}`);
  }),
  showArticle: onSite(async (site, { params: { id = '' }, headers }: Asked) => {
    const { ctx, words, link, page } = site;
    const found = await ctx.store.get(shelved, { id: id as never });
    const [text] = found?.audience === 'public' ? await publishedVersions(ctx.store, [found]) : [];
    if (!text) return invalidPage({ headers });
    const body = `<article lang="${escaped(text.language)}">${htmlOf(text.body)}</article>`;
    return page(text.title, `${body}<p>${link('', words.back)}</p>`);
  }),
  showRequest: onSite(async (site, { query: { q } }: Request<typeof helpRoutes.showRequest>) =>
    site.page(site.words.requestTitle, requestForm(site, new URLSearchParams(q ? { q } : {}))),
  ),
  sendRequest: onSite(async (site, { raw, ip }: Request) => {
    const { ctx, words, page } = site;
    const form = new URLSearchParams(raw?.toString() ?? '');
    const again = (notice: string, status: number) =>
      page(words.requestTitle, requestForm(site, form, notice), { status });
    const message = messageIn(form);
    if (!message) return again(words.missing, 422);
    if (!(await mayAsk(site, ip))) return again(words.tooMany, 429);
    await receive(await otherMessage({ ...message, channel: 'form' }, ctx), ctx);
    const question = form.get('q');
    if (question) await missed(site, question.slice(0, 1000));
    const sent = filled(words.sentText, `<strong>${escaped(message.from.email ?? '')}</strong>`);
    return page(words.sent, `<p role="status">${sent}</p>`);
  }),
  showMyHelp: onSite(async ({ tenant, words, language, page }) =>
    page(words.mine, myBody(words, { tenant, language }), { script: myScript }),
  ),
});

export const helpSettingsHandlers = handlers(helpSettingsRoutes, {
  readHelpSettings: (_, { store }) => helpSettings.of(store),
  putHelpSettings: async ({ body }, { store }) => {
    const faults = await brandFault(body.brandId, store);
    if (faults.length) throw invalid(faults);
    return helpSettings.replace(store, body);
  },
});
