import { type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { incomingMail, shortLived } from '../functions/shared/aws/file-keys.ts';
import { allow } from './allow.ts';
import { CompanyRole, company } from './company-role.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

type Props = { settings: Settings; store: Store };

/** uploads, exports and documents, in a folder for each tenant */
export class Files extends Construct {
  private readonly bucket: Bucket;
  private readonly store: Store;
  /** to the files of one company at a time, where IAM keeps companies apart */
  private readonly role: CompanyRole | undefined;

  constructor(scope: Construct, id: string, { settings: { disposable, isolation }, store }: Props) {
    super(scope, id);
    this.store = store;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: store.key,
      bucketKeyEnabled: true,
      // a first deployment that failed leaves none behind
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      // browsers upload to pre-signed links
      cors: [{ allowedMethods: [HttpMethods.PUT, HttpMethods.GET], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: `${shortLived.folder}/`, expiration: Duration.days(shortLived.days) },
      ],
    });
    if (isolation === 'iam') this.role = this.companyRole();
  }

  get bucketName() {
    return this.bucket.bucketName;
  }

  get environment(): Record<string, string> {
    return { FILES_BUCKET: this.bucketName, ...(this.role && { FILES_ROLE: this.role.roleArn }) };
  }

  private companyRole() {
    const role = new CompanyRole(this, 'CompanyFiles');
    const folders = ['kept', shortLived.folder].map(folder => `${folder}/${company}/*`);
    this.grantFiles(role, folders, { StringLike: { 's3:prefix': folders } });
    return role;
  }

  private grantFiles(grantee: IGrantable, files: string[], listing?: Record<string, Record<string, string[]>>) {
    const { bucketArn } = this.bucket;
    const objects = files.map(file => `${bucketArn}/${file}`);
    allow(grantee, 's3', ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload'], objects);
    allow(grantee, 's3', ['ListBucket'], [bucketArn], listing);
    this.store.grantKey(grantee, 's3', ['Decrypt', 'GenerateDataKey']);
  }

  /** what SES receives is put where only the function for it looks, until it has handled it or the days are over */
  receiveFrom(rules: string) {
    const { bucket, store } = this;
    const conditions = {
      StringEquals: { 'aws:SourceAccount': bucket.stack.account },
      ArnLike: { 'aws:SourceArn': rules },
    };
    const principals = [new ServicePrincipal('ses.amazonaws.com')];
    const resources = [`${bucket.bucketArn}/${incomingMail}*`];
    bucket.addToResourcePolicy(new PolicyStatement({ principals, actions: ['s3:PutObject'], resources, conditions }));
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
    store.key.addToResourcePolicy(new PolicyStatement({ principals, actions, resources: ['*'], conditions }));
    return { bucketName: bucket.bucketName, objectKeyPrefix: incomingMail };
  }

  /** single objects, and the names of those in a folder */
  grant(grantee: IGrantable) {
    if (this.role) this.role.grantSessions(grantee);
    else this.grantFiles(grantee, ['*']);
  }
}
