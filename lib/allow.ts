import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** allows actions of a service, which are named without it */
export const allow = (
  grantee: IGrantable,
  service: string,
  actions: string[],
  resources: string[],
  conditions?: Record<string, Record<string, string | string[]>>,
) => {
  const named = actions.map(action => `${service}:${action}`);
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: named, resources, conditions }));
};
