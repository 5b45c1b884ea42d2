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

export type CreateTemplateBody = {
  name: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp';
  subject?: string;
  body: string;
};

export type ChangeTemplateBody = {
  name?: string;
  subject?: string | null;
  body?: string;
};

export type PreviewTemplateBody = {
  /** id of a customer */
  customerId?: string;
  event?: { [key: string]: unknown };
};

export type CreateTriggerBody = {
  name: string;
  /** an EventBridge event pattern over the bus event: source, detail-type, detail */
  when: { [key: string]: unknown };
  if?: Condition;
  then: {
    send?: {
      /** id of a template */
      templateId: string;
      topic: string | null;
    };
    tag?: string;
  }[];
  state?: 'draft' | 'active';
};

export type ChangeTriggerBody = {
  name?: string;
  /** an EventBridge event pattern over the bus event: source, detail-type, detail */
  when?: { [key: string]: unknown };
  then?: {
    send?: {
      /** id of a template */
      templateId: string;
      topic: string | null;
    };
    tag?: string;
  }[];
  if?: Condition | null;
};

export type ReplayTriggerBody = {
  from: string;
  to: string;
};

export type ChangeSettingsBody = {
  frequencyCaps?: {
    channel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
    max: number;
    per: string;
  }[];
  quietHours?: {
    from: string;
    to: string;
  };
  timeZone?: string;
  fromName?: string;
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

export type OpenCaseBody = {
  /** id of a customer */
  customerId?: string;
  from?: {
    email: string;
    name: string;
  };
  subject: string;
  description?: string;
  type: 'report' | 'enquiry' | 'feedback' | 'complaint';
  channel?: string;
  language?: string;
  productId?: string;
  category?: string;
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  automatic?: boolean;
};

export type ReplyToCaseBody = {
  body: string;
  from?: 'agent' | 'customer';
};

export type NoteOnCaseBody = {
  body: string;
};

export type AssignCaseBody = {
  agentId?: string;
  queue?: string;
};

export type ResolveCaseBody = {
  resolution?: string;
};

export type ReopenCaseBody = {
  reason?: string;
};

export type CloseCaseBody = { [key: string]: unknown };

export type MergeCaseBody = {
  /** id of a case */
  into: string;
};

export type RateCaseBody = {
  score: number;
  comment?: string;
};

export type PutAgentBody = {
  name: string;
  skills?: string[];
  languages?: string[];
  capacity: number;
  team?: string;
  calendarId?: string;
};

export type SetAgentStatusBody = {
  status: 'available' | 'busy' | 'away';
};

export type PutCalendarBody = {
  timeZone: string;
  hours: { [key: string]: [string, string][] };
  holidays?: string[];
  exceptions?: { [key: string]: [string, string][] };
};

export type PutQueueBody = {
  name: string;
  match?: Condition;
  skills?: string[];
  weight?: number;
};

export type PutSlaPolicyBody = {
  name: string;
  rank: number;
  match?: Condition;
  firstResponse?: string;
  resolution?: string;
  calendarId?: string;
};

export type CreateWriteKeyBody = {
  name: string;
};

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type Condition = {
  all?: Condition[];
  any?: Condition[];
  not?: Condition;
  attribute?: string;
  is?: string | number | boolean;
  isNot?: string | number | boolean;
  in?: (string | number | boolean)[];
  gt?: string | number;
  gte?: string | number;
  lt?: string | number;
  lte?: string | number;
  exists?: boolean;
  contains?: string | number | boolean;
  startsWith?: string;
  event?: string;
  where?: { [key: string]: unknown };
  count?: {
    is?: number;
    gt?: number;
    gte?: number;
    lt?: number;
    lte?: number;
  };
  within?: string;
  segment?: string;
  consent?: {
    channel: string;
    topic: string;
  };
};

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

export type Job = {
  id: string;
  kind: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  by: string;
  input: Json;
  counts: { [key: string]: number };
  result: Json;
  problem?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Template = {
  /** id of a template */
  id: string;
  name: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp';
  subject?: string;
  body: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Trigger = {
  /** id of a trigger */
  id: string;
  name: string;
  /** an EventBridge event pattern over the bus event: source, detail-type, detail */
  when: { [key: string]: unknown };
  if?: Condition;
  then: {
    send?: {
      /** id of a template */
      templateId: string;
      topic: string | null;
    };
    tag?: string;
  }[];
  state: 'draft' | 'active' | 'paused';
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Message = {
  /** id of a message */
  id: string;
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string | null;
  to: string | null;
  subject: string | null;
  state:
    | 'skipped'
    | 'held'
    | 'queued'
    | 'sending'
    | 'failed'
    | 'sent'
    | 'delivered'
    | 'opened'
    | 'clicked'
    | 'bounced'
    | 'complained';
  reason: string | null;
  cause: string;
  heldUntil: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ReadMessageReply = {
  /** id of a message */
  id: string;
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string | null;
  to: string | null;
  subject: string | null;
  state:
    | 'skipped'
    | 'held'
    | 'queued'
    | 'sending'
    | 'failed'
    | 'sent'
    | 'delivered'
    | 'opened'
    | 'clicked'
    | 'bounced'
    | 'complained';
  reason: string | null;
  cause: string;
  heldUntil: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  content: {
    html?: string;
    text: string;
  } | null;
};

export type Settings = {
  frequencyCaps: {
    channel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
    max: number;
    per: string;
  }[];
  quietHours?: {
    from: string;
    to: string;
  };
  timeZone?: string;
  fromName?: string;
  version?: number;
  createdAt?: string;
  updatedAt?: string;
};

export type ChangeSettingsReply = {
  frequencyCaps: {
    channel?: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
    max: number;
    per: string;
  }[];
  quietHours?: {
    from: string;
    to: string;
  };
  timeZone?: string;
  fromName?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
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

export type Case = {
  /** id of a case */
  id: string;
  /** what customers quote */
  number: string;
  status: 'new' | 'queued' | 'assigned' | 'waiting' | 'resolved' | 'reopened' | 'closed';
  /** id of a customer */
  customerId: string | null;
  from: {
    email: string;
    name: string;
  } | null;
  subject: string;
  description: string;
  type: 'report' | 'enquiry' | 'feedback' | 'complaint';
  channel: string;
  language: string | null;
  productId: string | null;
  category: string | null;
  priority: 'low' | 'normal' | 'high' | 'urgent' | null;
  queue: string | null;
  agentId: string | null;
  sla: {
    policyId: string | null;
    calendarId: string | null;
    firstResponseDueAt: string | null;
    resolutionDueAt: string | null;
    firstRespondedAt: string | null;
    pausedAt: string | null;
    breached: ('firstResponse' | 'resolution')[];
  };
  acknowledgedAt: string | null;
  resolvedAt: string | null;
  resolution: string | null;
  closedAt: string | null;
  /** id of a case */
  mergedInto: string | null;
  satisfaction: RateCaseReply | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type RateCaseReply = {
  score: number;
  comment: string | null;
  at: string;
};

export type Agent = {
  id: string;
  name: string;
  skills: string[];
  languages: string[];
  capacity: number;
  team?: string;
  calendarId?: string;
  status: 'available' | 'busy' | 'away';
  load: number;
  lastAssignedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Calendar = {
  id: string;
  timeZone: string;
  hours: { [key: string]: [string, string][] };
  holidays: string[];
  exceptions: { [key: string]: [string, string][] };
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Queue = {
  id: string;
  name: string;
  match?: Condition;
  skills: string[];
  weight: number;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type SlaPolicy = {
  id: string;
  name: string;
  rank: number;
  match?: Condition;
  firstResponse?: string;
  resolution?: string;
  calendarId?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type RemoveSlaPolicyReply = {
  id: string;
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

export type PreviewTemplateReply = {
  subject: string | null;
  html: string | null;
  text: string;
};

export type TriggerItem = {
  customerId: string;
  eventId: string;
  occurredAt: string;
  outcome: 'reached' | 'not reached';
  reasons: string[];
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

export type ThreadItem = {
  /** id of a caseMessage */
  id: string;
  /** id of a case */
  caseId: string;
  kind: 'inbound' | 'reply' | 'note';
  body: string;
  actor: string;
  at: string;
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
    /** List jobs, latest first */
    listJobs(asked?: {
      query?: {
        kind?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Job[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a job: its state, its counts and what came of it */
    readJob(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Job>;
    /** Stop a job after the slice that it is at; what it did stays */
    cancelJob(asked: {
      params: {
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Job>;
  };
  marketing: {
    /** Write a template in Liquid */
    createTemplate(asked: {
      body: CreateTemplateBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Template>;
    /** List templates, latest first */
    listTemplates(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Template[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a template */
    readTemplate(asked: {
      params: {
        /** id of a template */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Template>;
    /** Rewrite a template (JSON Merge Patch); its channel stays */
    changeTemplate(asked: {
      params: {
        /** id of a template */
        id: string;
      };
      body: ChangeTemplateBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Template>;
    /** Render a template for a customer and an event, without sending; needs customers.read to name a customer */
    previewTemplate(asked: {
      params: {
        /** id of a template */
        id: string;
      };
      body: PreviewTemplateBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<PreviewTemplateReply>;
    /** Declare a trigger: when an event matches, and if the customer fits, then act */
    createTrigger(asked: { body: CreateTriggerBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Trigger>;
    /** List triggers, latest first */
    listTriggers(asked?: {
      query?: {
        state?: 'draft' | 'active' | 'paused';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Trigger[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a trigger */
    readTrigger(asked: {
      params: {
        /** id of a trigger */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Trigger>;
    /** Change a trigger (JSON Merge Patch; `when`, `if` and `then` are replaced as a whole) */
    changeTrigger(asked: {
      params: {
        /** id of a trigger */
        id: string;
      };
      body: ChangeTriggerBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Trigger>;
    /** Let a trigger act on events from now on */
    activateTrigger(asked: {
      params: {
        /** id of a trigger */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Trigger>;
    /** Keep a trigger from acting */
    pauseTrigger(asked: {
      params: {
        /** id of a trigger */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Trigger>;
    /** Whom a trigger would have reached in the past, and why not: a page of customers at a time, nothing is sent */
    replayTrigger(asked: {
      params: {
        /** id of a trigger */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      body: ReplayTriggerBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<{
      items: TriggerItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
  };
  messaging: {
    /** Messages to a customer or in a state, latest first, also those that were not sent and why */
    listMessages(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        state?:
          | 'skipped'
          | 'held'
          | 'queued'
          | 'sending'
          | 'failed'
          | 'sent'
          | 'delivered'
          | 'opened'
          | 'clicked'
          | 'bounced'
          | 'complained';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Message[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a message with its content as it was rendered */
    readMessage(asked: {
      params: {
        /** id of a message */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ReadMessageReply>;
    /** Read frequency caps, quiet hours and sender */
    readSettings(asked?: { signal?: AbortSignal }): Promise<Settings>;
    /** Set frequency caps, quiet hours and sender; what is left out is off */
    changeSettings(asked: { body: ChangeSettingsBody; signal?: AbortSignal }): Promise<ChangeSettingsReply>;
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
  service: {
    /** Open a case: a report, an enquiry, feedback or a complaint */
    openCase(asked: { body: OpenCaseBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Case>;
    /** Cases, latest first; by number, status, queue, agent or customer */
    findCases(asked?: {
      query?: {
        number?: string;
        status?: 'new' | 'queued' | 'assigned' | 'waiting' | 'resolved' | 'reopened' | 'closed';
        queue?: string;
        agentId?: string;
        /** id of a customer */
        customerId?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Case[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a case */
    readCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Case>;
    /** What was written on a case by the customer and by agents, newest first */
    readThread(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: ThreadItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Answer the customer, or take down what the customer answered */
    replyToCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: ReplyToCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Write an internal note, which the customer never sees */
    noteOnCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: NoteOnCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Give a case to an agent, or put it into a queue */
    assignCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: AssignCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Settle a case; the customer is asked how it went */
    resolveCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: ResolveCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Take up a settled or closed case again; it is routed anew, to whoever handled it if possible */
    reopenCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: ReopenCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Put a settled case away before its days to object are over */
    closeCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: CloseCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Close a case as a repetition of another one of the same customer */
    mergeCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: MergeCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Case>;
    /** Add an agent, who is available at once, or describe one anew */
    putAgent(asked: {
      params: {
        userId: string;
      };
      body: PutAgentBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Agent>;
    /** Read an agent */
    readAgent(asked: {
      params: {
        userId: string;
      };
      signal?: AbortSignal;
    }): Promise<Agent>;
    /** Agents with their status and load, by id */
    listAgents(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Agent[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Say whether an agent takes new cases */
    setAgentStatus(asked: {
      params: {
        userId: string;
      };
      body: SetAgentStatusBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Agent>;
    /** Set the hours of a business or a team */
    putCalendar(asked: {
      params: {
        id: string;
      };
      body: PutCalendarBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Calendar>;
    /** Read a calendar */
    readCalendar(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Calendar>;
    /** Calendars, by id */
    listCalendars(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Calendar[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Describe a queue: the cases it takes and the skills they need */
    putQueue(asked: {
      params: {
        id: string;
      };
      body: PutQueueBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Queue>;
    /** Read a queue */
    readQueue(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Queue>;
    /** Queues, by id */
    listQueues(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Queue[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Promise times for some cases; the first policy that matches, by rank, holds */
    putSlaPolicy(asked: {
      params: {
        id: string;
      };
      body: PutSlaPolicyBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<SlaPolicy>;
    /** Read an SLA policy */
    readSlaPolicy(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<SlaPolicy>;
    /** SLA policies, by id */
    listSlaPolicies(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: SlaPolicy[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Promise these times no longer; what was promised stays promised */
    removeSlaPolicy(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<RemoveSlaPolicyReply>;
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
    identify(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: identify (Segment's HTTP API) */
    identifyShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: track (Segment's HTTP API) */
    track(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: track (Segment's HTTP API) */
    trackShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: page (Segment's HTTP API) */
    page(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: page (Segment's HTTP API) */
    pageShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: screen (Segment's HTTP API) */
    screen(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: screen (Segment's HTTP API) */
    screenShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: group (Segment's HTTP API) */
    group(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: group (Segment's HTTP API) */
    groupShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: alias (Segment's HTTP API) */
    alias(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: alias (Segment's HTTP API) */
    aliasShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    batch(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    batchShort(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
    /** Track: batch (Segment's HTTP API) */
    beacon(asked: { body: { [key: string]: unknown }; signal?: AbortSignal }): Promise<Identify>;
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
    listJobs: 'GET /v1/jobs',
    readJob: 'GET /v1/jobs/{id}',
    cancelJob: 'POST /v1/jobs/{id}/cancel',
  },
  marketing: {
    createTemplate: 'POST /v1/templates',
    listTemplates: 'GET /v1/templates',
    readTemplate: 'GET /v1/templates/{id}',
    changeTemplate: 'PATCH /v1/templates/{id}',
    previewTemplate: 'POST /v1/templates/{id}/preview',
    createTrigger: 'POST /v1/triggers',
    listTriggers: 'GET /v1/triggers',
    readTrigger: 'GET /v1/triggers/{id}',
    changeTrigger: 'PATCH /v1/triggers/{id}',
    activateTrigger: 'POST /v1/triggers/{id}/activate',
    pauseTrigger: 'POST /v1/triggers/{id}/pause',
    replayTrigger: 'POST /v1/triggers/{id}/replay',
  },
  messaging: {
    listMessages: 'GET /v1/messages',
    readMessage: 'GET /v1/messages/{id}',
    readSettings: 'GET /v1/settings/messaging',
    changeSettings: 'PUT /v1/settings/messaging',
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
  service: {
    openCase: 'POST /v1/cases',
    findCases: 'GET /v1/cases',
    readCase: 'GET /v1/cases/{id}',
    readThread: 'GET /v1/cases/{id}/messages',
    replyToCase: 'POST /v1/cases/{id}/reply',
    noteOnCase: 'POST /v1/cases/{id}/note',
    assignCase: 'POST /v1/cases/{id}/assign',
    resolveCase: 'POST /v1/cases/{id}/resolve',
    reopenCase: 'POST /v1/cases/{id}/reopen',
    closeCase: 'POST /v1/cases/{id}/close',
    mergeCase: 'POST /v1/cases/{id}/merge',
    putAgent: 'PUT /v1/agents/{userId}',
    readAgent: 'GET /v1/agents/{userId}',
    listAgents: 'GET /v1/agents',
    setAgentStatus: 'PUT /v1/agents/{userId}/status',
    putCalendar: 'PUT /v1/calendars/{id}',
    readCalendar: 'GET /v1/calendars/{id}',
    listCalendars: 'GET /v1/calendars',
    putQueue: 'PUT /v1/queues/{id}',
    readQueue: 'GET /v1/queues/{id}',
    listQueues: 'GET /v1/queues',
    putSlaPolicy: 'PUT /v1/sla-policies/{id}',
    readSlaPolicy: 'GET /v1/sla-policies/{id}',
    listSlaPolicies: 'GET /v1/sla-policies',
    removeSlaPolicy: 'DELETE /v1/sla-policies/{id}',
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
