import { type Stack, Validations } from 'aws-cdk-lib/core';
import { apiFunctions } from './functions.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import accepted from './suppressions.json' with { type: 'json' };

type Suppression = { rule: string; applies: (path: string) => boolean; reason: string };

const openRoutes = new Set(
  gatewayRoutes(apiFunctions)
    .filter(({ token }) => !token)
    .map(({ key }) => `/Api/${key.replace(' ', '').replaceAll('/', '--')}/Resource`),
);

/** The accepted findings of cdk-nag's AwsSolutions with their reasons. A test fails when one of them no longer applies. */
export const suppressions: Suppression[] = [
  {
    rule: 'AwsSolutions-APIG4',
    applies: path => openRoutes.has(path.slice(path.indexOf('/Api/'))),
    reason:
      'open by declaration: the function checks write keys, links and customers’ tokens; the reference and preflight requests are public',
  },
  ...accepted.map(({ at, ...one }) => ({ ...one, applies: (path: string) => new RegExp(at).test(path) })),
];

export const acknowledge = (stack: Stack) => {
  for (const construct of stack.node.findAll())
    for (const { rule, applies, reason } of suppressions)
      if (applies(construct.node.path)) Validations.of(construct).acknowledge({ id: rule, reason });
};
