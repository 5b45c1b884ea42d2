import { expect, test } from 'vitest';
import { type Told, world } from '../world.ts';
import { desk } from './desk-world.ts';

const size = Number(process.env.RAPPORT_CASES ?? 60);
const perZone = Math.max(2, Math.round(size / 300));
const zones = { 'Asia/Singapore': 'en', 'Europe/Berlin': 'de', 'America/New_York': 'en' };
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** whether it is from nine to five somewhere */
const isOnDuty = (timeZone: string, now: string) => {
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(new Date(now)),
  );
  return hour >= 9 && hour < 17;
};

test('a day of a desk in three zones: no case waits while somebody able is free, none is lost, nobody has too many', async () => {
  const crm = desk(await world());
  const agents = Object.entries(zones).flatMap(([zone, language], place) =>
    Array.from({ length: perZone }, (_, nth) => ({ id: `a${place}-${nth}`, zone, language, capacity: 3 })),
  );
  for (const [nth, timeZone] of Object.keys(zones).entries()) {
    await crm.calendar(`z${nth}`, {
      timeZone,
      hours: Object.fromEntries(days.map(day => [day, [['09:00', '17:00']]])),
    });
  }
  for (const { id, language, capacity } of agents) {
    await crm.agent(id, { languages: [language], capacity, calendarId: `z${id[1]}` });
  }
  const customer = await crm.customer();
  const opened: string[] = [];
  const hourly = Math.ceil(size / 24);
  const read = async (): Promise<Told['body'][]> => Promise.all(opened.map(crm.read));
  for (let hour = 0; hour < 26; hour++) {
    const fresh = Array.from({ length: hour < 24 ? Math.min(hourly, size - opened.length) : 0 }, (_, nth) =>
      crm.open({ customerId: customer.id, language: nth % 3 ? 'en' : 'de', automatic: true }),
    );
    opened.push(...(await Promise.all(fresh)).map(({ id }) => id));
    await crm.idle(120_000);
    const now = await crm.now();
    const all = await read();
    const { items } = await crm.done(crm.ask('GET /v1/agents', { query: { limit: 100 } }));
    const loads = new Map<string, number>(items.map(({ id, load }: { id: string; load: number }) => [id, load]));
    for (const { id, capacity } of agents) {
      expect(loads.get(id)).toBeLessThanOrEqual(capacity);
      expect(loads.get(id)).toBe(all.filter(one => one.agentId === id && one.status === 'assigned').length);
    }
    for (const { language } of all.filter(({ status }) => status === 'queued')) {
      const free = agents.filter(
        one => one.language === language && isOnDuty(one.zone, now) && loads.get(one.id)! < one.capacity,
      );
      expect(free, `hour ${hour}, ${now}`).toEqual([]);
    }
    const held = all.filter(({ status }) => status === 'assigned');
    await Promise.all(held.slice(0, Math.ceil(held.length / 2)).map(({ id }) => crm.done(crm.tell(id, 'resolve'))));
    await crm.idle(120_000);
    await crm.advance('PT1H');
  }
  await crm.idle(120_000);
  const left = await read();
  expect(left).toHaveLength(size);
  expect(left.filter(({ status }) => status === 'new')).toEqual([]);
}, 600_000);
