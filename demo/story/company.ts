import type { Crm } from '../crm.ts';

const carEvent = (event: string, properties: object = {}) => ({
  'detail-type': ['tracked.track'],
  detail: { data: { event: [event], ...(Object.keys(properties).length ? { properties } : {}) } },
});

/** every campaign of Auto Inc. is a trigger: its event, its condition, its content; `topic` null is transactional */
const campaigns = [
  {
    name: 'Price list',
    when: carEvent('Price List Downloaded'),
    topic: 'newsletter',
    subject: '{{ customer.givenName }}, the price list of the {{ event.properties.name }}',
    body: 'Dear {{ customer.givenName }}, here it is. Why not try it? Book a test drive.\n\n{{ unsubscribeUrl }}',
  },
  {
    name: 'Test drive booked',
    when: { 'detail-type': ['opportunity.advanced'], detail: { data: { stage: ['test-drive'] } } },
    topic: null,
    subject: 'Your test drive is booked',
    body: 'Dear {{ customer.givenName }}, {{ event.data.name }}: we look forward to seeing you.',
  },
  {
    name: 'Finance plan',
    when: carEvent('Finance Calculated', { months: [{ numeric: ['>=', 36] }] }),
    topic: null,
    subject: 'Your plan over {{ event.properties.months }} months',
    body: 'Dear {{ customer.givenName }}, your consultant has the figures at hand.',
  },
  {
    name: 'Welcome to your new car',
    when: { 'detail-type': ['order.completed'], detail: { data: { lines: { sku: [{ prefix: 'VOLT' }] } } } },
    topic: null,
    subject: 'Welcome to your {{ event.data.lines[0].name }}',
    body: 'Dear {{ customer.givenName }}, order {{ event.data.number }} is yours now. Drive well.',
  },
  {
    name: 'Advocates',
    when: carEvent('Car Reviewed', { stars: [{ numeric: ['>=', 4] }] }),
    if: { event: 'order.completed', count: { gte: 1 } },
    topic: 'newsletter',
    tag: 'advocate',
    subject: '{{ event.properties.stars }} stars! Who should hear about it?',
    body: 'Dear {{ customer.givenName }}, thank you. A friend of yours drives for a day.\n\n{{ unsubscribeUrl }}',
  },
  {
    name: 'Accessories',
    when: carEvent('Accessory Viewed'),
    topic: 'newsletter',
    subject: 'The {{ event.properties.name }} fits your {{ customer.attributes.vehicle.model }}',
    body: 'Dear {{ customer.givenName }}, in the showroom now.\n\n{{ unsubscribeUrl }}',
  },
  {
    name: 'Service is due',
    when: carEvent('Mileage Reported', { km: [{ numeric: ['>=', 10_000] }] }),
    if: {
      not: {
        event: 'tracked.track',
        where: { data: { event: ['Service Booked'] } },
        count: { gte: 1 },
        within: 'P90D',
      },
    },
    topic: null,
    subject: 'Your {{ customer.attributes.vehicle.model }} is due for service',
    body: 'Dear {{ customer.givenName }}, after {{ event.properties.km }} km it is time.',
  },
  {
    name: 'Recall',
    when: carEvent('Recall Issued'),
    if: { attribute: 'attributes.vehicle.model', is: 'Auto Volt 5' },
    topic: null,
    subject: 'Please have the {{ event.properties.part }} of {{ customer.attributes.vehicle.plate }} checked',
    body: 'Dear {{ customer.givenName }}, it takes an hour and costs nothing.',
  },
] as const;

const declareCampaigns = async (crm: Crm) => {
  // campaigns follow orders and opportunities, which marketers may not read
  const author = crm.as('admin');
  const { items } = await author('GET /v1/triggers', { query: { limit: 100 } });
  const declared = new Set(items.map((trigger: { name: string }) => trigger.name));
  const missing = campaigns.filter(campaign => !declared.has(campaign.name));
  for (const { name, when, topic, subject, body, ...more } of missing) {
    const template = await author('POST /v1/templates', { body: { name, channel: 'email', subject, body } });
    const then = [{ send: { templateId: template.id, topic } }, ...('tag' in more ? [{ tag: more.tag }] : [])];
    const rule = { name, when, ...('if' in more ? { if: more.if } : {}), then };
    const { id } = await author('POST /v1/triggers', { body: rule });
    await author('POST /v1/triggers/{id}/activate', { params: { id } });
  }
};

const put = (crm: Crm, what: string, id: string, body: object) =>
  crm.ask(`PUT /v1/${what}/{id}`, { params: { id }, body });

const day = [
  ['09:00', '12:30'],
  ['13:30', '18:00'],
];

const openDesk = async (crm: Crm) => {
  const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [['09:00', '13:00']] };
  await put(crm, 'calendars', 'workshop-hours', { timeZone: 'Asia/Singapore', hours, holidays: ['2026-12-25'] });
  const words = {
    safety: ['accident*', 'injur*', 'fire', 'smoke', 'brake*', 'airbag*', 'steering', 'recall*'],
    technical: ['broken', 'defect*', 'noise*', 'leak*', 'engine*', 'batter*', 'not working'],
    appointment: ['appointment*', 'booking*', 'test drive*', 'service booking*'],
  };
  for (const [nth, [id, en]] of Object.entries(words).entries()) {
    await put(crm, 'categories', id, { labels: { en: id }, words: { en }, rank: (nth + 1) * 10 });
  }
  const match = { attribute: 'category', in: ['safety', 'technical', 'warranty'] };
  await put(crm, 'queues', 'workshop', { name: 'Workshop', match, skills: ['brakes'], weight: 10 });
  const targets = { firstResponse: 'PT4H', resolution: 'P2D', calendarId: 'workshop-hours' };
  await put(crm, 'sla-policies', 'complaints', {
    name: 'Complaints',
    rank: 10,
    match: { attribute: 'type', is: 'complaint' },
    ...targets,
  });
  await put(crm, 'agents', 'aisha', {
    name: 'Aisha Rahman',
    skills: ['billing'],
    languages: ['en', 'ms'],
    capacity: 4,
  });
  await put(crm, 'agents', 'ben', {
    name: 'Ben Lim',
    skills: ['brakes', 'engine'],
    languages: ['en', 'zh'],
    capacity: 2,
  });
};

/** Auto Inc. at work: its campaigns, its pipeline, its service desk. */
export const openCompany = async (crm: Crm) => {
  await declareCampaigns(crm);
  await openDesk(crm);
  await put(crm, 'pipelines', 'new-cars', {
    name: 'New cars',
    stages: [
      { id: 'enquiry', name: 'Enquiry', probability: 0.1 },
      { id: 'test-drive', name: 'Test drive', probability: 0.3 },
      { id: 'offer', name: 'Offer', probability: 0.5 },
      { id: 'finance', name: 'Finance', probability: 0.7 },
      { id: 'insurance', name: 'Insurance', probability: 0.9 },
    ],
  });
  // what each customer has ever spent, in cents: counted as orders are completed
  const spent = { event: 'order.completed', operation: 'sum', path: 'total.amount' };
  await put(crm, 'attributes', 'spent', { type: 'number', computed: spent });
  await put(crm, 'settings', 'messaging', {
    frequencyCaps: [{ channel: 'email', max: 3, per: 'P7D' }],
    quietHours: { from: '22:00', to: '07:00' },
    timeZone: 'Asia/Singapore',
    fromName: 'Auto Inc.',
  });
  return { campaigns: campaigns.length, agents: 2 };
};
