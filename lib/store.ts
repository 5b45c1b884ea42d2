import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import { CompanyRole, company } from './company-role.ts';
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
  /** to the items of one company at a time, where IAM keeps companies apart */
  readonly role: CompanyRole | undefined;

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    const { disposable, warmThroughput, isolation } = settings;
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
    if (isolation === 'iam') this.role = this.companyRole();
  }

  /** use of the key through one service */
  grantKey(grantee: IGrantable, service: string, actions: string[]) {
    const { key } = this;
    const via = { StringEquals: { 'kms:ViaService': `${service}.${key.stack.region}.amazonaws.com` } };
    allow(grantee, 'kms', actions, [key.keyArn], via);
  }

  private companyRole() {
    const role = new CompanyRole(this, 'CompanyItems');
    // without Scan, which names no keys: the condition would hold
    this.grantItems(role, { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${company}#*`] } });
    return role;
  }

  private grantItems(grantee: IGrantable, conditions?: Record<string, Record<string, string[]>>) {
    const { tableArn } = this.table;
    allow(grantee, 'dynamodb', items, [tableArn], conditions);
    const queried = [tableArn, ...indexes.map(index => `${tableArn}/index/${index}`)];
    allow(grantee, 'dynamodb', ['Query'], queried, conditions);
    this.grantKey(grantee, 'dynamodb', keyUse);
  }

  /** single items, queries and transactions */
  grant(grantee: IGrantable) {
    if (this.role) this.role.grantSessions(grantee);
    else this.grantItems(grantee);
  }

  /** the whole table, for jobs that copy it */
  grantScan(grantee: IGrantable) {
    allow(grantee, 'dynamodb', ['Scan'], [this.table.tableArn]);
    if (this.role) this.grantKey(grantee, 'dynamodb', keyUse);
  }
}
