import { events as catalogue } from '#declared/events.ts';
import type { EventType } from '../../events/define.ts';
import { foreignEvents } from '../../events/foreign.ts';

const example = '01jd5e7k3m9q2r4t6v8w0x1y2z';

const detail = ({ data, example: given }: EventType) => ({
  id: `evt_${example}`,
  tenant: 'demo',
  occurredAt: '2026-11-01T08:00:00.000Z',
  customerId: `cus_${example}`,
  actor: 'client:shop',
  about: `cus_${example}`,
  data: data.parse(given),
});

const entries = (busName: string, source: string, name: string, detail: unknown) => [
  { EventBusName: busName, Source: source, DetailType: name, Detail: JSON.stringify(detail) },
];

/** One file per event, each for `aws events put-events --entries file://…`, on the bus of the stage `dev`. */
export const samples = (busName: string): Record<string, string> =>
  Object.fromEntries(
    [
      ...catalogue.map(event => [event.name, entries(busName, `rapport.${event.context}`, event.name, detail(event))]),
      ...foreignEvents.map(({ name, example }) => [name, entries(busName, 'shop', name, example)]),
    ].map(([name, content]) => [`events/samples/${name}.json`, `${JSON.stringify(content, null, 2)}\n`]),
  );
