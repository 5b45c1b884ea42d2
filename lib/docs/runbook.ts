import type { Alarms } from '../alarms.ts';

const introduction = `# Runbook

Written by \`npm run docs\` from the alarms in \`lib/\`. Every alarm mails the address given at deployment (\`-c alarmMail=…\`) and names its
heading here. All of them are on the stack's dashboard.

Where to look: a function's log group is named for the function and holds JSON lines with \`requestId\`, never what customers said. A
dead-letter queue keeps what failed for 14 days; nothing is lost while it waits there.`;

/** docs/runbook.md: one heading per alarm */
export const runbook = ({ list }: Alarms) =>
  `${[
    introduction,
    ...list.map(({ name, says, todo, above, minutes }) => {
      const when = `above ${above} for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;
      return `## ${name}\n\n${says.slice(0, 1).toUpperCase()}${says.slice(1)} (${when}).\n\n${todo}`;
    }),
  ].join('\n\n')}\n`;
