import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { Settings } from './settings.ts';

const { STRING } = AttributeType;
const indexes = ['gsi1', 'gsi2', 'gsi3'];

const items = [
  'GetItem',
  'BatchGetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'ConditionCheckItem',
];
const keyUse = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'];

/** the one table: customers, their records and the outbox */
export class Store extends Construct {
  readonly table: Table;
  readonly key: Key;

  constructor(scope: Construct, id: string, { settings: { disposable, warmThroughput } }: { settings: Settings }) {
    super(scope, id);
    const removalPolicy = disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.key = new Key(this, 'Key', {
      enableKeyRotation: true,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      description: 'Rapport customer data',
    });
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: STRING },
      sortKey: { name: 'sk', type: STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      stream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(warmThroughput && { warmThroughput }),
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: !disposable,
      removalPolicy,
    });
    for (const indexName of indexes) {
      const [partitionKey, sortKey] = ['pk', 'sk'].map(end => ({ name: indexName + end, type: STRING }));
      this.table.addGlobalSecondaryIndex({ indexName, partitionKey, sortKey });
    }
  }

  /** use of the key through one service */
  grantKey(grantee: IGrantable, service: string, actions: string[]) {
    const { key } = this;
    const via = { StringEquals: { 'kms:ViaService': `${service}.${key.stack.region}.amazonaws.com` } };
    allow(grantee, 'kms', actions, [key.keyArn], via);
  }

  /** single items, queries and transactions */
  grant(grantee: IGrantable) {
    const { tableArn } = this.table;
    allow(grantee, 'dynamodb', items, [tableArn]);
    allow(grantee, 'dynamodb', ['Query'], [tableArn, ...indexes.map(index => `${tableArn}/index/${index}`)]);
    this.grantKey(grantee, 'dynamodb', keyUse);
  }

  /** the whole table, for jobs that copy it */
  grantScan(grantee: IGrantable) {
    allow(grantee, 'dynamodb', ['Scan'], [this.table.tableArn]);
  }
}
