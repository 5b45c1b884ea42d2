import { afterAll, expect, test } from 'vitest';
import { eventsService } from '../../../local/events/events.ts';
import { mailService } from '../../../local/messages/mail.ts';
import { openOutbox } from '../../../local/messages/outbox.ts';
import { smsService } from '../../../local/messages/sms.ts';
import { account, dropWorlds, openWorld, queueArn } from './world.ts';

afterAll(dropWorlds);

const open = async (from?: { file: string; time: number }) => {
  const world = openWorld(from);
  const outbox = openOutbox(world.platform);
  const events = world.use(eventsService(world.platform));
  const mail = world.use(mailService(world.platform, outbox));
  const sms = world.use(smsService(outbox));
  await events.provide('R', 'AWS::Events::Rule', {
    EventPattern: { source: ['aws.ses'] },
    Targets: [{ Id: 'q', Arn: queueArn('events') }],
  });
  await mail.provide('I', 'AWS::SES::EmailIdentity', { EmailIdentity: 'auto.example' });
  await mail.provide('S', 'AWS::SES::ConfigurationSet', { Name: 'set' });
  const EventBridgeDestination = { EventBusArn: `arn:aws:events:eu-central-1:${account}:event-bus/default` };
  const EventDestination = {
    Enabled: true,
    MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'],
    EventBridgeDestination,
  };
  await mail.provide('D', 'AWS::SES::ConfigurationSetEventDestination', {
    ConfigurationSetName: 'set',
    EventDestination,
  });
  world.queue('events');
  return { world, outbox, mail, sms, published: () => world.queue('events').map(({ body }) => JSON.parse(body)) };
};
const simple = (to: string[], more = {}) => ({
  FromEmailAddress: 'Auto Inc. <news@mail.auto.example>',
  Destination: { ToAddresses: to },
  Content: {
    Simple: {
      Subject: { Data: 'Hallo ü' },
      Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
      Headers: [{ Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' }],
    },
  },
  ...more,
});

test('a mail is caught with all its headers and tags, and SES publishes what became of it', async () => {
  const { world, outbox, mail, published } = await open();
  await world.start();
  const { MessageId } = (await mail.call(
    'SendEmail',
    simple(['Ada <Ada@x.io>'], { ConfigurationSetName: 'set', EmailTags: [{ Name: 'message', Value: 'msg_1' }] }),
  )) as { MessageId: string };
  await world.settle();
  expect(outbox.list({ to: 'ada@X.io' })).toEqual([
    {
      id: expect.any(String),
      at: '2026-03-02T10:00:00.000Z',
      channel: 'email',
      from: 'Auto Inc. <news@mail.auto.example>',
      to: ['Ada <Ada@x.io>'],
      cc: [],
      bcc: [],
      subject: 'Hallo ü',
      headers: expect.arrayContaining([
        { name: 'Subject', value: 'Hallo ü' },
        { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
        { name: 'Message-ID', value: `<${MessageId}@eu-central-1.amazonses.com>` },
      ]),
      text: 'text',
      html: '<p>html</p>',
      tags: { message: 'msg_1' },
      messageId: MessageId,
      raw: expect.stringContaining('List-Unsubscribe-Post'),
    },
  ]);
  const mailPart = {
    messageId: MessageId,
    destination: ['Ada@x.io'],
    tags: { message: ['msg_1'], 'ses:configuration-set': ['set'] },
    commonHeaders: { subject: 'Hallo ü' },
  };
  expect(published()).toMatchObject([
    { source: 'aws.ses', 'detail-type': 'Email Sent', detail: { eventType: 'Send', mail: mailPart, send: {} } },
    {
      'detail-type': 'Email Delivered',
      detail: { eventType: 'Delivery', mail: mailPart, delivery: { recipients: ['Ada@x.io'] } },
    },
  ]);
});

test('simulator addresses bounce and complain', async () => {
  const { world, mail, published } = await open();
  await world.start();
  await mail.call('SendEmail', simple(['bounce+x@simulator.amazonses.com'], { ConfigurationSetName: 'set' }));
  await mail.call('SendEmail', simple(['complaint@simulator.amazonses.com'], { ConfigurationSetName: 'set' }));
  await world.settle();
  expect(published().map(event => event.detail.eventType)).toEqual(['Send', 'Bounce', 'Send', 'Delivery', 'Complaint']);
  const { bounce } = published()[1].detail;
  expect(bounce).toMatchObject({
    bounceType: 'Permanent',
    bouncedRecipients: [{ emailAddress: 'bounce+x@simulator.amazonses.com' }],
  });
  expect(published()[4].detail.complaint).toMatchObject({
    complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
  });
});

test('without a configuration set nothing is published; the outbox and unpublished events survive a kill', async () => {
  const { world, mail } = await open();
  await world.start();
  await mail.call('SendEmail', simple(['quiet@x.io']));
  await world.settle();
  expect(world.queue('events')).toHaveLength(0);
  for (let n = 0; n < 300; n++) await mail.call('SendEmail', simple([`p${n}@x.io`], { ConfigurationSetName: 'set' }));
  const before = world.queue('events').map(({ body }) => JSON.parse(body).detail.mail.messageId);
  const again = await open(world.kill());
  await again.world.start();
  await again.world.settle();
  expect(again.outbox.list({ channel: 'email' })).toHaveLength(301);
  const after = again.published().map(event => event.detail.mail.messageId);
  expect(new Set([...before, ...after]).size).toBe(300);
});

test.each([
  [{ FromEmailAddress: 'x@other.example' }, 'MessageRejected'],
  [{ ConfigurationSetName: 'none' }, 'NotFoundException'],
  [{ Destination: {} }, 'BadRequestException'],
  [{ Destination: { ToAddresses: ['no address'] } }, 'BadRequestException'],
  [{ Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@x.io`) } }, 'BadRequestException'],
  [{ EmailTags: [{ Name: 'a', Value: 'not allowed' }] }, 'BadRequestException'],
  [{ Content: { Template: { TemplateName: 't' } } }, 'BadRequestException'],
  [{ Content: { Raw: { Data: 'RnJvbTo=' } } }, 'BadRequestException'],
  [{ Content: { Simple: { Subject: { Data: 's' } } } }, 'BadRequestException'],
])('a mail with %j is refused and not caught', async (wrong, code) => {
  const { world, outbox, mail } = await open();
  await world.start();
  await expect(mail.call('SendEmail', { ...simple(['a@x.io']), ...wrong })).rejects.toMatchObject({ code });
  expect(outbox.list()).toEqual([]);
});

test('a text message is caught; numbers and topics that SMS cannot reach are refused', async () => {
  const { outbox, sms } = await open();
  const MessageAttributes = { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'AUTO' } };
  const { MessageId: messageId } = (await sms.call('Publish', {
    PhoneNumber: '+4915112345678',
    Message: 'Hi',
    MessageAttributes,
  })) as { MessageId: string };
  await sms.call('Publish', {
    PhoneNumber: '+4915100000000',
    Message: 'Other',
    MessageAttributes: [{ Name: 'AWS.SNS.SMS.SenderID', Value: { StringValue: 'LIST' } }],
  });
  expect(outbox.list({ to: ' 4915112345678' })).toMatchObject([
    { messageId, channel: 'sms', from: 'AUTO', text: 'Hi' },
  ]);
  expect(outbox.list({ channel: 'sms' }).map(({ from }) => from)).toEqual(['AUTO', 'LIST']);
  const wrong = (input: object) =>
    expect(sms.call('Publish', input)).rejects.toMatchObject({ code: 'InvalidParameter' });
  await wrong({ PhoneNumber: '0151', Message: 'Hi' });
  await wrong({ PhoneNumber: '+4915112345678', Message: '' });
  await wrong({ TopicArn: 'arn:aws:sns:eu-central-1:0:t', Message: 'Hi' });
});
