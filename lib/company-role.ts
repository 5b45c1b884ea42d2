import { AccountRootPrincipal, type IGrantable, Role, SessionTagsPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';

/** the company that a session is for */
export const company = `\${aws:PrincipalTag/tenant}`;

/** A role that functions assume for one company at a time: its policies name the company of the session. */
export class CompanyRole extends Role {
  constructor(scope: Construct, id: string) {
    const assumedBy = new SessionTagsPrincipal(
      new AccountRootPrincipal().withConditions({
        StringLike: { 'aws:RequestTag/tenant': '?*' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
      }),
    );
    super(scope, id, { assumedBy, description: 'the data of one company, by the tag of the session' });
  }

  grantSessions(grantee: IGrantable) {
    allow(grantee, 'sts', ['AssumeRole', 'TagSession'], [this.roleArn]);
  }
}
