import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { pascal } from './names.ts';
import type { Settings } from './settings.ts';

export type Watched = {
  metric: IMetric;
  above: number;
  /** how many minutes in a row; 1 by default */
  minutes?: number;
  summary: string;
  /** what to do, for docs/runbook.md */
  action: string;
};

/** Alarms, each with a heading of its name in docs/runbook.md, and the dashboard of their metrics. */
export class Alarms extends Construct {
  readonly list: (Omit<Watched, 'metric'> & { name: string; minutes: number })[] = [];
  private readonly topic: Topic;
  private readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { settings, key }: { settings: Settings; key: IKey }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    const ofAlarms = (actions: string[], resources: string[]) =>
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions,
        resources,
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      });
    // a policy of its own replaces the one that a topic has by default, so the alarms need a statement of theirs
    this.topic.addToResourcePolicy(ofAlarms(['sns:Publish'], [this.topic.topicArn]));
    key.addToResourcePolicy(ofAlarms(['kms:Decrypt', 'kms:GenerateDataKey'], ['*'])); // in a key policy: this key
    if (settings.alarmMail) this.topic.addSubscription(new EmailSubscription(settings.alarmMail));
    this.dashboard = new Dashboard(this, 'Dashboard');
  }

  add(name: string, { metric, minutes = 1, ...text }: Watched) {
    const { above, summary } = text;
    const alarm = new Alarm(this, pascal(name), {
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: minutes,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${summary}. What to do: docs/runbook.md#${name}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.list.push({ name, minutes, ...text });
    this.dashboard.addWidgets(new GraphWidget({ title: name, left: [metric], width: 6, height: 4 }));
  }
}
