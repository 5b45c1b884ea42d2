import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { shortLived } from '../functions/shared/aws/file-keys.ts';
import { allow } from './allow.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

type Props = { settings: Settings; store: Store };

/** uploads, exports and documents, in a folder for each tenant */
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
      // a first deployment that failed leaves none behind
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
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
    allow(grantee, 's3', ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload'], [`${bucketArn}/*`]);
    allow(grantee, 's3', ['ListBucket'], [bucketArn]);
    this.store.grantKey(grantee, 's3', ['Decrypt', 'GenerateDataKey']);
  }
}
