/** `pullWork` -> `pull-work`, `customers/jobs` -> `customers-jobs` */
export const kebab = (name: string) =>
  name.replaceAll('/', '-').replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`);

/** `service-pull-work` -> `ServicePullWork` */
export const pascal = (name: string) => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
