/** the part of the reference that holds for every route */
export const introduction = `
Rapport is a headless CRM: sales, marketing and service over one customer record.

## Authentication
Send \`Authorization: Bearer <JWT>\`. The token names the tenant, and the caller's roles or scopes; each
operation below names the scope it needs. Trackers send their write key as the user name of HTTP Basic, with an empty password.

## Formats
JSON in camelCase. Instants are RFC 3339 in UTC. Money is \`{ "amount": 129900, "currency": "SGD" }\` in minor units.
Ids are opaque. Unknown fields of a request are refused by name; unknown fields of a reply are to be ignored: there may be more in time.

## Lists
A list takes \`limit\` (1 to 100) and \`cursor\`, and answers \`{ "items": [], "nextCursor": "…" }\`; \`nextCursor\` is null on the last page.

## Versions
A reply with a version carries it as \`ETag\`. Send it back as \`If-Match\` to change only what you have seen: otherwise 412.
\`PATCH\` is JSON Merge Patch (RFC 7396): null removes.

## Repetitions
Any \`POST\` with a token takes an \`Idempotency-Key\`: the same key and request get the first reply again for 48 hours,
with \`Idempotency-Replayed: true\`. Another request under the same key is refused with 422.

## Refusals
A refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\`. A thing of another tenant does not exist: 404.
`.trim();
