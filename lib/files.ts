import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { shortLived } from '../functions/shared/aws/file-keys.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

type Props = { settings: Settings; store: Store };

/** what is too large for the table: uploads to import, exports, documents; a folder per tenant */
export class Files extends Construct {
  private readonly bucket: Bucket;
  private readonly store: Store;

  constructor(scope: Construct, id: string, { settings: { disposable }, store }: Props) {
    super(scope, id);
    this.store = store;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: store.key,
      bucketKeyEnabled: true,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      // browsers upload to pre-signed links
      cors: [{ allowedMethods: [HttpMethods.PUT, HttpMethods.GET], allowedOrigins: ['*'], allowedHeaders: ['*'] }],
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { prefix: `${shortLived.folder}/`, expiration: Duration.days(shortLived.days) },
      ],
    });
  }

  get environment() {
    return { FILES_BUCKET: this.bucket.bucketName };
  }

  /** single objects, and the names of those in a folder */
  grant(grantee: IGrantable) {
    const { bucketArn } = this.bucket;
    const actions = ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload'];
    const { grantPrincipal: principal } = grantee;
    principal.addToPrincipalPolicy(
      new PolicyStatement({ actions: actions.map(action => `s3:${action}`), resources: [`${bucketArn}/*`] }),
    );
    principal.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }));
    principal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.store.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${this.store.key.stack.region}.amazonaws.com` } },
      }),
    );
  }
}
