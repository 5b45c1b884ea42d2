import { createHash } from 'node:crypto';
import type { Platform, Service } from '../runtime/service.ts';

/** What the template declares of sign-in: pools, their clients and scopes. */
export type Cognito = Service & { issuers(): Set<string>; clients(): string[] };

const short = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length);

export const cognitoService = ({ region, account }: Platform, stackName: string): Cognito => {
  const issuers = new Set<string>();
  const clients: string[] = [];
  return {
    name: 'cognito-idp',
    types: ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolResourceServer'],
    async provide(logicalId, type, properties) {
      if (type === 'AWS::Cognito::UserPool') {
        const id = `${region}_${short(stackName + logicalId, 9)}`;
        const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
        issuers.add(`https://${provider}`);
        const Arn = `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`;
        const attributes = { Arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` };
        return { ref: id, attributes };
      }
      if (type === 'AWS::Cognito::UserPoolClient') {
        const id = short(stackName + logicalId, 26);
        clients.push(id);
        return { ref: id, attributes: { ClientId: id, ClientSecret: short(`secret${id}`, 52) } };
      }
      return { ref: properties.Identifier, attributes: {} };
    },
    issuers: () => issuers,
    clients: () => clients,
  };
};
