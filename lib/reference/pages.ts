import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCallable } from '../docs/client-types.ts';
import { eventsPage } from '../docs/event-pages.ts';
import type { Json } from '../openapi/schemas.ts';
import { fieldsOf, type Schemas } from './fields.ts';
import { block, code, details, escaped, inline, markdown, table } from './html.ts';

type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Json;
  example?: unknown;
};
type Content = Record<string, { schema?: Json; example?: unknown }>;
type Reply = { description: string; content?: Content };
type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Json[];
  requestBody?: { content: Content };
  responses: Record<string, Json>;
};
export type Document = {
  info: { title: string; version: string; description: string };
  tags: { name: string; 'x-displayName': string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas; parameters: Record<string, Json>; responses: Record<string, Json> };
};

type Listed = Operation & { method: string; path: string; noun: string };

/** a page of the reference; `search`: what its entries in the search are called, and where they lie */
export type Page = { file: string; title: string; html: string };

const text = (name: string) => readFileSync(join(import.meta.dirname, 'text', name), 'utf8');

/** the noun that a path is about: `needs` of `/v1/customers/{id}/needs` */
const nounOf = (path: string) => {
  const parts = path.replace(/^\/v1\//, '').split('/');
  const [first = '', , second] = parts;
  if (first === 'me' || first === 'settings') return first;
  const isOwn = first === 'customers' && second !== undefined && parts.length > 2;
  return isOwn ? second : first;
};

const sampleOf = ({ method, path, operationId, tags, requestBody, security }: Listed, parameters: Parameter[]) => {
  const body = Object.values(requestBody?.content ?? {})[0]?.example;
  const json = body === undefined ? undefined : JSON.stringify(body, null, 2);
  const isTracker = security?.some(one => 'writeKey' in one);
  const auth = isTracker ? ' -u "$WRITE_KEY:"' : security?.length ? ' -H "authorization: Bearer $TOKEN"' : '';
  const needed = parameters.filter(({ in: where, required }) => where === 'query' && required);
  const query = needed.map(({ name }) => `${name}=…`).join('&');
  const curl = [
    `curl -X ${method.toUpperCase()} "$API${path}${query ? `?${query}` : ''}"${auth}`,
    ...(json ? [` -H "content-type: application/json" -d '${json.replaceAll("'", "'\\''")}'`] : []),
  ].join(' \\\n ');
  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const given = [
    ...(params.length ? [`params: { ${params.join(', ')} }`] : []),
    ...(json ? [`body: ${json.replaceAll('\n', '\n  ')}`] : []),
  ];
  const call = given.length ? `{\n  ${given.join(',\n  ')},\n}` : '';
  return {
    curl,
    client: `await crm.${tags[0]!.replace(/-(\w)/g, (_, sign) => sign.toUpperCase())}.${operationId}(${call})`,
  };
};

const codesIn = ({ content = {} }: Reply): string[] => {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (!value || typeof value !== 'object') return;
    const { code } = (value as { properties?: { code?: { enum?: string[]; const?: string } } }).properties ?? {};
    found.push(...(code?.enum ?? (code?.const ? [code.const] : [])));
    for (const one of Object.values(value)) walk(one);
  };
  walk(content);
  return [...new Set(found)];
};

/** operations of a noun that make a page; nouns of fewer share the page of their context */
const fewest = 3;

/** The pages of the reference: one for each noun, and those of the guide. */
export const pagesOf = (
  document: Document,
): { pages: Page[]; search: { title: string; at: string; words: string }[] } => {
  const { components, info, tags, paths } = document;
  const fields = fieldsOf(components.schemas);
  const resolve = <T>(kind: 'parameters' | 'responses', given: Json): T => {
    const name = typeof given.$ref === 'string' ? given.$ref.split('/').at(-1)! : undefined;
    return (name ? components[kind][name] : given) as T;
  };

  const operations: Listed[] = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path, noun: nounOf(path) })),
  );
  const counts = Map.groupBy(operations, ({ tags: [tag], noun }) => `${tag}/${noun}`);
  for (const one of operations) {
    const [tag = ''] = one.tags;
    const isFew = counts.get(`${tag}/${one.noun}`)!.length < fewest;
    if (isFew || ['me', 'settings', 'customers', ''].includes(one.noun)) one.noun = tag;
  }
  const nouns = Map.groupBy(operations, ({ tags: [tag], noun }) => `${tag}/${noun}`);
  const fileOf = (key: string) => {
    const [tag = '', noun = ''] = key.split('/');
    const single = [...nouns.keys()].filter(other => other.endsWith(`/${noun}`)).length === 1;
    return `${single ? noun : `${tag}-${noun}`}.html`;
  };

  const operationSection = (operation: Listed) => {
    const { method, path, operationId, summary, description = '', requestBody } = operation;
    const parameters = (operation.parameters ?? []).map(one => resolve<Parameter>('parameters', one));
    const replies = Object.entries(operation.responses).map(
      ([status, given]) => [status, resolve<Reply>('responses', given)] as const,
    );
    const body = Object.entries(requestBody?.content ?? {})[0];
    const good = replies.filter(([status]) => Number(status) < 400);
    const sample = sampleOf(operation, parameters);
    return [
      `<section id="${operationId}"><h2><a href="#${operationId}">${inline(summary)}</a></h2>`,
      `<p class="path"><b class="${method}">${method.toUpperCase()}</b> ${code(path)}</p>`,
      description ? markdown(description) : '',
      parameters.length
        ? table(
            ['parameter', 'in', 'type', ''],
            parameters.map(({ name, in: where, required, description: what = '', schema }) => [
              code(name) + (required ? ' <b>required</b>' : ''),
              where,
              fields(schema).replace(/^<p>|<\/p>$/g, ''),
              inline(what),
            ]),
          )
        : '',
      body ? `<h3>Body</h3>${body[1].schema ? fields(body[1].schema) : ''}` : '',
      `<h3>Example</h3>${block(sample.curl)}${isCallable(operation) ? details('With the typed client', block(sample.client)) : ''}`,
      '<h3>Replies</h3>',
      ...good.map(([status, { description: what, content = {} }]) => {
        const [type, { schema } = {}] = Object.entries(content)[0] ?? [];
        const shown = schema ? fields(schema) : '';
        return details(`<b>${status}</b> ${inline(what)} <small>${type ?? ''}</small>`, shown);
      }),
      details(
        `Errors: ${replies
          .filter(([status]) => Number(status) >= 400)
          .map(([status]) => status)
          .join(', ')}`,
        table(
          ['status', 'code', 'meaning'],
          replies
            .filter(([status]) => Number(status) >= 400)
            .map(([status, reply]) => [
              status,
              codesIn(reply)
                .map(one => `<a href="/docs/errors.html#${one}">${code(one)}</a>`)
                .join('<br>'),
              inline(reply.description.replace(/ \(`.*$/s, '')),
            ]),
        ),
      ),
      '</section>',
    ].join('\n');
  };

  const nounPages = [...nouns].map(([key, listed]) => {
    const title = key.split('/')[1]!.replaceAll('-', ' ');
    const about = tags.find(({ name }) => name === listed[0]!.tags[0])?.description ?? '';
    const overview = listed.map(
      ({ operationId, summary, method, path }) =>
        `<li><a href="#${operationId}">${inline(summary)}</a> <small>${method.toUpperCase()} ${escaped(path)}</small></li>`,
    );
    const html = `<h1>${escaped(title)}</h1><p>${inline(about)}</p><ul class="overview">${overview.join('\n')}</ul>${listed.map(operationSection).join('\n')}`;
    return { key, file: fileOf(key), title, html };
  });

  const errors = new Map<string, { status: string; meaning: string; at: Set<string> }>();
  for (const {
    responses,
    operationId,
    tags: [tag],
    noun,
  } of operations) {
    for (const [status, given] of Object.entries(responses)) {
      const reply = resolve<Reply>('responses', given);
      for (const one of codesIn(reply)) {
        const meaning = reply.description.replace(/ \(`.*$/s, '');
        const known = errors.get(one) ?? { status, meaning, at: new Set() };
        known.at.add(`<a href="/docs/${fileOf(`${tag}/${noun}`)}#${operationId}">${operationId}</a>`);
        errors.set(one, known);
      }
    }
  }
  const widely = 20;
  const errorRows = [...errors]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([one, { status, meaning, at }]) => [
      `<a id="${one}"></a>${code(one)}`,
      status,
      inline(meaning),
      at.size > widely ? `${at.size} operations` : [...at].join(', '),
    ]);

  const guide: [file: string, title: string, html: string][] = [
    ['index.html', 'Quick start', markdown(text('quick-start.md'))],
    ['conventions.html', 'Conventions', `<h1>Conventions</h1>${markdown(info.description)}`],
    [
      'errors.html',
      'Errors',
      `${markdown(text('errors.md'))}${table(['code', 'status', 'meaning', 'replied by'], errorRows)}`,
    ],
    [
      'events.html',
      'Events',
      markdown(
        eventsPage()
          .replaceAll(/\]\(\.\.\/events\/samples\/[^)]*\)/g, ']')
          .replaceAll(/\[(`[^`]+`)\]/g, '$1'),
      ),
    ],
    ['template-variables.html', 'Template variables', markdown(text('templates.md'))],
    ['limits.html', 'Limits', markdown(text('limits.md'))],
  ];

  const groups = tags.map(({ name, 'x-displayName': title }) => {
    const own = nounPages.filter(({ key }) => key.startsWith(`${name}/`));
    return own.length
      ? `<li><b>${escaped(title.replaceAll('-', ' '))}</b><ul>${own.map(page => `<li><a href="/docs/${page.file}">${escaped(page.title)}</a></li>`).join('')}</ul></li>`
      : '';
  });
  const guideLinks = guide.map(
    ([file, title]) => `<li><a href="${file === 'index.html' ? '/docs' : `/docs/${file}`}">${title}</a></li>`,
  );
  const nav = `<nav><a class="brand" href="/docs">Rapport API</a><input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off"><ol id="found"></ol><ul>${guideLinks.join('')}</ul><ul>${groups.join('')}</ul><p><a href="/openapi.json">openapi.json</a> ${escaped(info.version)}</p></nav>`;
  const layout = (title: string, html: string) =>
    text('layout.html')
      .replace('<!-- title -->', escaped(title))
      .replace('<!-- nav -->', () => nav)
      .replace('<!-- main -->', () => html);

  return {
    pages: [
      ...guide.map(([file, title, html]) => ({ file, title, html: layout(title, html) })),
      ...nounPages.map(({ file, title, html }) => ({ file, title, html: layout(title, html) })),
    ],
    search: [
      ...guide.map(([file, title]) => ({ title, at: file === 'index.html' ? '/docs' : `/docs/${file}`, words: '' })),
      ...operations.map(({ summary, operationId, path, method, tags: [tag], noun }) => ({
        title: summary.replaceAll('`', ''),
        at: `/docs/${fileOf(`${tag}/${noun}`)}#${operationId}`,
        words: `${method} ${path} ${operationId}`,
      })),
      ...[...errors.keys()].map(one => ({ title: one, at: `/docs/errors.html#${one}`, words: 'error code' })),
    ],
  };
};
