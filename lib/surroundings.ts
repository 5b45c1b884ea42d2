import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Use } from '../functions/shared/http/contract.ts';
import type { Files } from './files.ts';
import type { Mail } from './mail.ts';
import type { Store } from './store.ts';

type Props = { store: Store; mail: Mail; files: Files; publicUrl: string };

/** What functions may use: the permissions and the environment of each thing in one place. */
export class Surroundings {
  private readonly props: Props;

  constructor(props: Props) {
    this.props = props;
  }

  environment(uses: Use[]): Record<string, string> {
    const { store, mail, files, publicUrl } = this.props;
    return {
      TABLE_NAME: store.table.tableName,
      PUBLIC_URL: publicUrl,
      ...(store.role && { TABLE_ROLE: store.role.roleArn }),
      MAIL_FROM: mail.from,
      ...(uses.includes('mail') ? mail.environment : {}),
      ...(uses.includes('files') ? files.environment : {}),
    };
  }

  grant(fn: IFunction, uses: Use[]) {
    const { store, mail, files } = this.props;
    store.grant(fn);
    if (uses.includes('mail')) mail.grant(fn);
    if (uses.includes('files')) files.grant(fn);
    if (uses.includes('scan')) store.grantScan(fn);
    if (uses.includes('sms')) {
      // a phone number is not a resource; topics are excluded
      fn.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }));
    }
  }
}
