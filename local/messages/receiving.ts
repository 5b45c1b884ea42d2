import { randomUUID } from 'node:crypto';
import type { Platform, Provided, Service } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';

type Rule = { set: string; recipients: string[]; bucket: string; prefix: string; functionArn: string };

/** the most that SES receives */
export const mostMailBytes = 40 * 1024 * 1024;

const passed = { status: 'PASS' };

const isFor = ({ recipients }: Rule, to: string) =>
  !recipients.length ||
  recipients.some(one => to === one || to.endsWith(`@${one}`) || (one.startsWith('.') && to.endsWith(one)));

type Options = { platform: Pick<Platform, 'warn'>; s3: string; invoke(name: string, payload: string): Promise<string> };

/** SES receiving: a mail goes into the bucket of the rule for its recipient, then to the rule's function. */
export function receivingService({ platform, s3, invoke }: Options) {
  const rules: Rule[] = [];

  const provide: Record<string, (logicalId: string, properties: Properties) => Provided> = {
    'AWS::SES::ReceiptRuleSet': (logicalId, { RuleSetName = logicalId }) => ({ ref: RuleSetName, attributes: {} }),
    'AWS::SES::ReceiptRule': (logicalId, { RuleSetName: set, Rule: { Actions = [], Recipients: recipients = [] } }) => {
      const of = (kind: string) => Actions.find((action: Properties) => action[kind])?.[kind] ?? {};
      const { BucketName: bucket, ObjectKeyPrefix: prefix = '' } = of('S3Action');
      const { FunctionArn: functionArn } = of('LambdaAction');
      if (bucket && functionArn) rules.push({ set, recipients, bucket, prefix, functionArn });
      else platform.warn(`SES receipt rule ${logicalId} does nothing here: it needs a bucket and a function`);
      return { ref: logicalId, attributes: {} };
    },
  };

  /** what the function says about the recipient; undefined where no rule is for it */
  const receive = async (to: string, raw: Buffer): Promise<unknown> => {
    const rule = rules.find(one => isFor(one, to.toLowerCase()));
    if (!rule) return undefined;
    const messageId = randomUUID().replaceAll('-', '');
    const url = `${s3}/${rule.bucket}/${rule.prefix}${messageId}`;
    const stored = await fetch(url, { method: 'PUT', body: new Uint8Array(raw) });
    if (!stored.ok) throw new Error(`the bucket answered ${stored.status}`);
    const verdicts = { spamVerdict: passed, virusVerdict: passed };
    const receipt = { recipients: [to], ...verdicts, dmarcVerdict: { status: 'GRAY' } };
    const record = { eventSource: 'aws:ses', ses: { mail: { messageId }, receipt } };
    const [handled] = JSON.parse(await invoke(rule.functionArn, JSON.stringify({ Records: [record] })));
    return handled;
  };

  const service = {
    name: 'ses-receiving',
    types: Object.keys(provide),
    provide: async (logicalId: string, type: string, properties: Properties) => provide[type]!(logicalId, properties),
  } as unknown as Service;
  return { ...service, receive };
}
