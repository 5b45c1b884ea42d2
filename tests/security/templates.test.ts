import { expect, test } from 'vitest';
import { world } from '../world.ts';

const written = async (body: string) => {
  const crm = await world();
  const template = { name: 'Hostile', channel: 'email', subject: 'Hello', body };
  const { status, body: reply } = await crm.ask('POST /v1/templates', { body: template });
  return { crm, status, reply };
};

test.each([
  ['a million characters', 'x'.repeat(1_000_000)],
  ['files', "{% include '/etc/passwd' %}"],
  ['other templates', "{% render 'other' %}"],
  ['a layout', "{% layout 'other' %}"],
  ['filters that evaluate their own text', "{% assign a = (1..900000) | where_exp: 'x', 'x > 1' %}"],
])('a template with %s is refused', async (_, body) => {
  const { status, reply } = await written(body);
  expect([status, reply.errors[0].path]).toEqual([422, 'body']);
});

const nested = (depth: number) => `${'{% for i in (1..1000) %}'.repeat(depth)}x${'{% endfor %}'.repeat(depth)}`;

test.each([
  ['loops without end', '{% for i in (1..100000000) %}x{% endfor %}'],
  ['loops in loops', nested(4)],
  ['text that doubles', `{% assign a = 'xxxxxxxx' %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`],
  ['captures that double', `${'{% capture a %}{{ a }}xx{{ a }}{% endcapture %}'.repeat(60)}{{ a }}`],
  ['wide numbers', "{{ 'now' | date: '%999999999d' }}"],
])('a template of %s is stopped, and the reply says why', async (_, body) => {
  const { crm, status, reply } = await written(body);
  expect(status).toBe(201);
  const preview = await crm.ask('POST /v1/templates/{id}/preview', { params: reply, body: {} });
  expect([preview.status, preview.body.code]).toEqual([422, 'template.not-rendered']);
});

test('a template sees no prototypes', async () => {
  const { crm, reply } = await written(
    '[{{ event.properties.constructor }}{{ event.properties.__proto__ }}{{ event.properties.url.constructor }}]',
  );
  const { body } = await crm.ask('POST /v1/templates/{id}/preview', {
    params: reply,
    body: { event: { properties: { url: 'x' } } },
  });
  expect(body.text).toBe('[]');
});

test.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'java\nscript:alert(1)', 'vbscript:x', 'data:text/html,<b>'])(
  'a link that an event fills with %j leads nowhere',
  async url => {
    const { crm, reply } = await written(
      '<p><a href="{{ event.properties.url }}">Go</a> <a href={{ event.properties.url }}>Go</a> <a href="https://shop.example/?q={{ event.properties.url }}">Shop</a></p>',
    );
    const { body } = await crm.ask('POST /v1/templates/{id}/preview', {
      params: reply,
      body: { event: { properties: { url } } },
    });
    expect(body.html).toContain('<a href="#">Go</a>');
    expect(body.html).toContain('href="https://shop.example/?q=');
    expect(body.html).not.toMatch(/href\s*=\s*"?\s*(javascript|vb|data)/i);
  },
);
