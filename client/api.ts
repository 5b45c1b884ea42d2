// written by `npm run docs` from the declared routes

export type CreateCustomerBody = {
  kind?: 'person' | 'organisation';
  givenName?: string;
  familyName?: string;
  /** of an organisation; a person’s is made of its parts unless given */
  name?: string;
  /** unique; kept in lower case */
  email?: string;
  /** E.164, or as dialled in the country of the address; kept as E.164 */
  phone?: string;
  /** the id that your own systems know the customer by; unique */
  externalId?: string;
  dateOfBirth?: string;
  address?: {
    line1?: string;
    line2?: string;
    locality?: string;
    region?: string;
    postcode?: string;
    /** ISO 3166-1, two letters */
    country?: string;
  };
  /** language tag, such as en-SG */
  locale?: string;
  /** IANA name, such as Asia/Singapore */
  timeZone?: string;
  preferredChannel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  /** further numbers by kind: national, tax, loyalty … */
  identifiers?: { [key: string]: string };
  /** whatever else you keep of a customer */
  attributes?: { [key: string]: Json };
};

export type ChangeCustomerBody = {
  kind?: 'person' | 'organisation' | null;
  givenName?: string | null;
  familyName?: string | null;
  /** of an organisation; a person’s is made of its parts unless given */
  name?: string | null;
  /** unique; kept in lower case */
  email?: string | null;
  /** E.164, or as dialled in the country of the address; kept as E.164 */
  phone?: string | null;
  /** the id that your own systems know the customer by; unique */
  externalId?: string | null;
  dateOfBirth?: string | null;
  address?: {
    line1?: string | null;
    line2?: string | null;
    locality?: string | null;
    region?: string | null;
    postcode?: string | null;
    /** ISO 3166-1, two letters */
    country?: string | null;
  } | null;
  /** language tag, such as en-SG */
  locale?: string | null;
  /** IANA name, such as Asia/Singapore */
  timeZone?: string | null;
  preferredChannel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post' | null;
  identifiers?: { [key: string]: string | null } | null;
  /** whatever else you keep of a customer */
  attributes?: { [key: string]: Json } | null;
};

export type SetConsentBody = {
  status: 'granted' | 'withdrawn';
  source: string;
  proof?: Json;
};

export type CreateLeadBody = {
  /** id of a customer */
  customerId?: string;
  contact?: {
    name?: string;
    email?: string;
    phone?: string;
    company?: string;
  };
  source?: string | null;
  interest?: string | null;
  value?: {
    amount: number;
    currency: string;
  } | null;
  ownerId?: string | null;
};

export type ChangeLeadBody = {
  source?: string | null;
  interest?: string | null;
  value?: {
    amount: number;
    currency: string;
  } | null;
  ownerId?: string | null;
};

export type QualifyLeadBody = {
  name?: string;
  amount?: {
    amount: number;
    currency: string;
  };
  pipelineId?: string;
  closeOn?: string | null;
};

export type DisqualifyLeadBody = {
  reason: string;
};

export type PutPipelineBody = {
  name: string;
  stages: {
    id: string;
    name: string;
    probability: number;
  }[];
};

export type CreateOpportunityBody = {
  /** id of a customer */
  customerId: string;
  name: string;
  pipelineId?: string;
  stage?: string;
  source?: string | null;
  amount?: {
    amount: number;
    currency: string;
  } | null;
  closeOn?: string | null;
  ownerId?: string | null;
};

export type ChangeOpportunityBody = {
  name?: string;
  amount?: {
    amount: number;
    currency: string;
  } | null;
  closeOn?: string | null;
  ownerId?: string | null;
};

export type AdvanceOpportunityBody = {
  stage: string;
};

export type WinOpportunityBody = {
  reason?: string;
};

export type LoseOpportunityBody = {
  reason: string;
};

export type CreateOrderBody = {
  /** id of a customer */
  customerId: string;
  number: string;
  lines: {
    sku: string;
    name: string;
    quantity: number;
    price: {
      amount: number;
      currency: string;
    };
  }[];
  total: {
    amount: number;
    currency: string;
  };
  status?: 'placed' | 'confirmed' | 'shipped' | 'completed' | 'cancelled';
};

export type ChangeOrderBody = {
  status: 'placed' | 'confirmed' | 'shipped' | 'completed' | 'cancelled';
};

export type CreateWriteKeyBody = {
  name: string;
};

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type View = {
  customer: Customer;
  consents: Consent[];
  identities: {
    /** id of a customer */
    id: string;
    type: 'anonymousId' | 'externalId';
    value: string;
    since: string;
  }[];
  timeline: TimelineItem[];
  cases: {
    id: string;
    number: string;
    subject: string;
    type: string;
    status: string;
    priority?: string | null;
    createdAt: string;
    updatedAt: string;
  }[];
  opportunities: {
    id: string;
    name: string;
    stage: string;
    status: string;
    amount: unknown;
    createdAt: string;
    updatedAt: string;
  }[];
  orders: {
    id: string;
    number: string;
    status: string;
    total: unknown;
    createdAt: string;
    updatedAt: string;
  }[];
  loyalty: unknown | null;
  segments: unknown[];
  scores: unknown[];
  nextActions: unknown[];
};

export type Customer = {
  /** id of a customer */
  id: string;
  kind: 'person' | 'organisation';
  givenName?: string;
  familyName?: string;
  /** of an organisation; a person’s is made of its parts unless given */
  name?: string;
  /** unique; kept in lower case */
  email?: string;
  /** E.164, or as dialled in the country of the address; kept as E.164 */
  phone?: string;
  /** the id that your own systems know the customer by; unique */
  externalId?: string;
  dateOfBirth?: string;
  address?: {
    line1?: string;
    line2?: string;
    locality?: string;
    region?: string;
    postcode?: string;
    /** ISO 3166-1, two letters */
    country?: string;
  };
  /** language tag, such as en-SG */
  locale?: string;
  /** IANA name, such as Asia/Singapore */
  timeZone?: string;
  preferredChannel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  /** further numbers by kind: national, tax, loyalty … */
  identifiers?: { [key: string]: string };
  /** whatever else you keep of a customer */
  attributes?: { [key: string]: Json };
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Consent = {
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string;
  status: 'granted' | 'withdrawn';
  source: string;
  proof?: Json;
  at: string;
  version: number;
};

export type Health = {
  status: 'ok';
};

export type Lead = {
  /** id of a lead */
  id: string;
  status: 'new' | 'qualified' | 'disqualified';
  /** id of a customer */
  customerId: string | null;
  contact: {
    email?: string;
    phone?: string;
    name?: string;
    company?: string;
  } | null;
  source: string | null;
  interest: string | null;
  value: {
    amount: number;
    currency: string;
  } | null;
  ownerId: string | null;
  cause: string | null;
  reason: string | null;
  /** id of a opportunity */
  opportunityId: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Pipeline = {
  id: string;
  name: string;
  stages: {
    id: string;
    name: string;
    probability: number;
  }[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Opportunity = {
  /** id of a opportunity */
  id: string;
  /** id of a customer */
  customerId: string;
  /** id of a lead */
  leadId: string | null;
  name: string;
  status: 'open' | 'won' | 'lost';
  pipelineId: string;
  stage: string;
  stageSince: string;
  amount: {
    amount: number;
    currency: string;
  } | null;
  closeOn: string | null;
  ownerId: string | null;
  source: string | null;
  reason: string | null;
  closedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Order = {
  /** id of a order */
  id: string;
  /** id of a customer */
  customerId: string;
  number: string;
  status: 'placed' | 'confirmed' | 'shipped' | 'completed' | 'cancelled';
  lines: {
    sku: string;
    name: string;
    quantity: number;
    price: {
      amount: number;
      currency: string;
    };
  }[];
  total: {
    amount: number;
    currency: string;
  };
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type WriteKey = {
  /** id of a writeKey */
  id: string;
  name: string;
  version: number;
  createdAt: string;
  key: string;
};

export type WriteKeysItem = {
  /** id of a writeKey */
  id: string;
  name: string;
  version: number;
  createdAt: string;
};

export type Rejection = {
  /** id of a rejection */
  id: string;
  at: string;
  source: string;
  inlet: string;
  rejected: number;
  reasons: {
    index: number;
    type: string | null;
    messageId: string | null;
    reason: string;
  }[];
};

export type Identify = {
  success: boolean;
  message?: string;
  code?: string;
};

export type TimelineItem = {
  id: string;
  type: string;
  occurredAt: string;
  actor: string;
  about: string;
  data: unknown;
};

export type Decision = {
  at: string;
  kind: string;
  outcome: string;
  reasons: string[];
  cause: string;
};

export type Snapshot = {
  pipelineId: string;
  name: string;
  at: string;
  stages: {
    stage: string;
    name: string;
    probability: number;
    count: number;
    amounts: {
      amount: number;
      currency: string;
    }[];
    weighted: {
      amount: number;
      currency: string;
    }[];
    oldestDays: number | null;
  }[];
  open: {
    count: number;
    amounts: {
      amount: number;
      currency: string;
    }[];
    weighted: {
      amount: number;
      currency: string;
    }[];
  };
  won: {
    count: number;
    amounts: {
      amount: number;
      currency: string;
    }[];
  };
  lost: {
    count: number;
    amounts: {
      amount: number;
      currency: string;
    }[];
  };
};

/** Every route, by context and name. */
export type Api = {
  customers: {
    /** Create a customer */
    createCustomer(asked: {
      body: CreateCustomerBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** Create or update a customer by externalId or email */
    upsertCustomer(asked: { body: CreateCustomerBody; signal?: AbortSignal }): Promise<Customer>;
    /** Find customers by e-mail, phone, external id or the beginning of a name; or list them, latest first */
    findCustomers(asked?: {
      query?: {
        email?: string;
        phone?: string;
        externalId?: string;
        q?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Customer[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a customer */
    readCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** Change a customer (JSON Merge Patch) */
    changeCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: ChangeCustomerBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** What happened to a customer, newest first */
    readTimeline(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        type?: string;
        from?: string;
        to?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: TimelineItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Everything known of a customer in one call */
    readView(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<View>;
    /** Record that a customer granted or withdrew consent */
    setConsent(asked: {
      params: {
        /** id of a customer */
        id: string;
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        topic: string;
      };
      body: SetConsentBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Consent>;
    /** Every automated choice about a customer and why, newest first */
    listDecisions(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Decision[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
  };
  sales: {
    /** Create a lead of a customer, or of somebody whose customer is then found or created */
    createLead(asked: { body: CreateLeadBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Lead>;
    /** Leads, latest first; by status, or those of one customer */
    findLeads(asked?: {
      query?: {
        status?: 'new' | 'qualified' | 'disqualified';
        /** id of a customer */
        customerId?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Lead[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a lead */
    readLead(asked: {
      params: {
        /** id of a lead */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Lead>;
    /** Change a lead, or who owns it (JSON Merge Patch) */
    changeLead(asked: {
      params: {
        /** id of a lead */
        id: string;
      };
      body: ChangeLeadBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Lead>;
    /** Carry a lead on as an opportunity */
    qualifyLead(asked: {
      params: {
        /** id of a lead */
        id: string;
      };
      body: QualifyLeadBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Say that a lead leads nowhere */
    disqualifyLead(asked: {
      params: {
        /** id of a lead */
        id: string;
      };
      body: DisqualifyLeadBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Lead>;
    /** Describe a pipeline: its stages in order, each with the probability of winning from it */
    putPipeline(asked: {
      params: {
        id: string;
      };
      body: PutPipelineBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Pipeline>;
    /** Every pipeline; `default` is built in until it is described */
    listPipelines(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Pipeline[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a pipeline */
    readPipeline(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Pipeline>;
    /** A pipeline at a glance: count, amounts and age of what stands at each stage, and what was won and lost */
    readSnapshot(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Snapshot>;
    /** Create an opportunity, at the first stage of its pipeline unless told otherwise */
    createOpportunity(asked: {
      body: CreateOpportunityBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Opportunities; at a stage, of a pipeline, by status or of one customer */
    findOpportunities(asked?: {
      query?: {
        stage?: string;
        pipelineId?: string;
        /** id of a customer */
        customerId?: string;
        status?: 'open' | 'won' | 'lost';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Opportunity[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an opportunity */
    readOpportunity(asked: {
      params: {
        /** id of a opportunity */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Change name, amount, expected close or owner (JSON Merge Patch) */
    changeOpportunity(asked: {
      params: {
        /** id of a opportunity */
        id: string;
      };
      body: ChangeOpportunityBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Move an opportunity to another stage of its pipeline, forwards or back */
    advanceOpportunity(asked: {
      params: {
        /** id of a opportunity */
        id: string;
      };
      body: AdvanceOpportunityBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Close an opportunity as won */
    winOpportunity(asked: {
      params: {
        /** id of a opportunity */
        id: string;
      };
      body: WinOpportunityBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Close an opportunity as lost */
    loseOpportunity(asked: {
      params: {
        /** id of a opportunity */
        id: string;
      };
      body: LoseOpportunityBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Opportunity>;
    /** Record an order of a customer */
    createOrder(asked: { body: CreateOrderBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Order>;
    /** Orders, latest first; those of one customer, by status */
    findOrders(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        status?: 'placed' | 'confirmed' | 'shipped' | 'completed' | 'cancelled';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Order[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an order */
    readOrder(asked: {
      params: {
        /** id of a order */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Order>;
    /** Tell that an order has another status (JSON Merge Patch) */
    changeOrder(asked: {
      params: {
        /** id of a order */
        id: string;
      };
      body: ChangeOrderBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Order>;
  };
  tracking: {
    /** Create a write key for trackers; the key is shown this once */
    createWriteKey(asked: {
      body: CreateWriteKeyBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<WriteKey>;
    /** List the write keys, latest first, without the keys themselves */
    listWriteKeys(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: WriteKeysItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Revoke a write key: within a minute nothing is taken with it */
    revokeWriteKey(asked: {
      params: {
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<WriteKeysItem>;
    /** The latest tracking requests with calls that were rejected, and why; kept three days */
    listRejections(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Rejection[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Settings that the browser SDK of Segment asks for */
    readProjectSettings(asked: {
      params: {
        writeKey: string;
      };
      signal?: AbortSignal;
    }): Promise<{ [key: string]: unknown }>;
    /** Track: identify (Segment's HTTP API) */
    identify(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: identify (Segment's HTTP API) */
    identifyShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: track (Segment's HTTP API) */
    track(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: track (Segment's HTTP API) */
    trackShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: page (Segment's HTTP API) */
    page(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: page (Segment's HTTP API) */
    pageShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: screen (Segment's HTTP API) */
    screen(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: screen (Segment's HTTP API) */
    screenShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: group (Segment's HTTP API) */
    group(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: group (Segment's HTTP API) */
    groupShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: alias (Segment's HTTP API) */
    alias(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: alias (Segment's HTTP API) */
    aliasShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    batch(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    batchShort(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    beacon(asked: { body: unknown; signal?: AbortSignal }): Promise<Identify>;
  };
};

/** method and path of each, `*` before those that take a write key */
export const routes = {
  customers: {
    createCustomer: 'POST /v1/customers',
    upsertCustomer: 'PUT /v1/customers',
    findCustomers: 'GET /v1/customers',
    readCustomer: 'GET /v1/customers/{id}',
    changeCustomer: 'PATCH /v1/customers/{id}',
    readTimeline: 'GET /v1/customers/{id}/timeline',
    readView: 'GET /v1/customers/{id}/view',
    setConsent: 'PUT /v1/customers/{id}/consents/{channel}/{topic}',
    listDecisions: 'GET /v1/customers/{id}/decisions',
  },
  sales: {
    createLead: 'POST /v1/leads',
    findLeads: 'GET /v1/leads',
    readLead: 'GET /v1/leads/{id}',
    changeLead: 'PATCH /v1/leads/{id}',
    qualifyLead: 'POST /v1/leads/{id}/qualify',
    disqualifyLead: 'POST /v1/leads/{id}/disqualify',
    putPipeline: 'PUT /v1/pipelines/{id}',
    listPipelines: 'GET /v1/pipelines',
    readPipeline: 'GET /v1/pipelines/{id}',
    readSnapshot: 'GET /v1/pipelines/{id}/snapshot',
    createOpportunity: 'POST /v1/opportunities',
    findOpportunities: 'GET /v1/opportunities',
    readOpportunity: 'GET /v1/opportunities/{id}',
    changeOpportunity: 'PATCH /v1/opportunities/{id}',
    advanceOpportunity: 'POST /v1/opportunities/{id}/advance',
    winOpportunity: 'POST /v1/opportunities/{id}/win',
    loseOpportunity: 'POST /v1/opportunities/{id}/lose',
    createOrder: 'POST /v1/orders',
    findOrders: 'GET /v1/orders',
    readOrder: 'GET /v1/orders/{id}',
    changeOrder: 'PATCH /v1/orders/{id}',
  },
  tracking: {
    createWriteKey: 'POST /v1/write-keys',
    listWriteKeys: 'GET /v1/write-keys',
    revokeWriteKey: 'DELETE /v1/write-keys/{id}',
    listRejections: 'GET /v1/tracking/rejections',
    readProjectSettings: '*GET /v1/projects/{writeKey}/settings',
    identify: '*POST /v1/identify',
    identifyShort: '*POST /v1/i',
    track: '*POST /v1/track',
    trackShort: '*POST /v1/t',
    page: '*POST /v1/page',
    pageShort: '*POST /v1/p',
    screen: '*POST /v1/screen',
    screenShort: '*POST /v1/s',
    group: '*POST /v1/group',
    groupShort: '*POST /v1/g',
    alias: '*POST /v1/alias',
    aliasShort: '*POST /v1/a',
    batch: '*POST /v1/batch',
    batchShort: '*POST /v1/b',
    beacon: '*POST /beacon/v1/batch',
  },
} as const;
