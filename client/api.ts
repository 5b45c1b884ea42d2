// written by `npm run docs` from the declared routes

export type RecordActivityBody = {
  /** id of a customer */
  customerId: string;
  kind: 'call' | 'visit' | 'mail' | 'meeting' | 'note' | 'task' | 'letter';
  subject: string;
  body?: string;
  direction?: 'inbound' | 'outbound';
  outcome?: string;
  durationMinutes?: number;
  /** now unless said; a task has none */
  occurredAt?: string;
  /** of a task */
  dueAt?: string;
  assignedTo?: string;
  place?: {
    lat: number;
    lon: number;
  };
  /** the case, order, opportunity … that it was for */
  relatedTo?: string;
};

export type ChangeActivityBody = {
  subject?: string;
  body?: string | null;
  direction?: 'inbound' | 'outbound' | null;
  outcome?: string | null;
  durationMinutes?: number | null;
  /** now unless said; a task has none */
  occurredAt?: string | null;
  /** of a task */
  dueAt?: string | null;
  assignedTo?: string | null;
  place?: {
    lat: number;
    lon: number;
  } | null;
  /** the case, order, opportunity … that it was for */
  relatedTo?: string | null;
};

export type CompleteTaskBody = {
  outcome?: string;
};

export type CancelTaskBody = {
  reason?: string;
};

export type CreateDocumentBody = {
  /** id of a customer */
  customerId?: string;
  name: string;
  type?: string;
  description?: string;
  visibleToCustomer?: boolean;
  /** the case, order, asset … that it is about */
  relatedTo?: string;
};

export type ChangeDocumentBody = {
  name?: string;
  type?: string;
  visibleToCustomer?: boolean;
  description?: string | null;
  /** the case, order, asset … that it is about */
  relatedTo?: string | null;
};

export type RecordNeedBody = {
  what: string;
  category?: string;
  productId?: string;
  budget?: {
    amount: number;
    currency: string;
  };
  neededBy?: string;
  /** from 1, a thought, to 5, it has to be */
  strength?: number;
  /** where it was learnt: a call, a form, the configurator … */
  source: string;
  status?: 'open' | 'met' | 'dropped';
};

export type ChangeNeedBody = {
  what?: string;
  /** where it was learnt: a call, a form, the configurator … */
  source?: string;
  status?: 'open' | 'met' | 'dropped';
  category?: string | null;
  productId?: string | null;
  budget?: {
    amount: number;
    currency: string;
  } | null;
  neededBy?: string | null;
  /** from 1, a thought, to 5, it has to be */
  strength?: number | null;
};

export type MakePromiseBody = {
  kind: 'commitment' | 'price' | 'offer' | 'wording';
  /** what it is about: the id of a product, or a topic */
  subject: string;
  text: string;
  amount?: {
    amount: number;
    currency: string;
  };
  /** its last day; until it is kept, broken or withdrawn unless said */
  validUntil?: string;
  department: string;
};

export type KeepPromiseBody = {
  note?: string;
};

export type RegisterAssetBody = {
  /** id of a customer */
  customerId: string;
  name: string;
  productId?: string;
  maker?: string;
  model?: string;
  /** unique with its maker */
  serial?: string;
  /** unique */
  vin?: string;
  acquiredOn?: string;
  soldBy?: string;
  warranty?: {
    until: string;
    terms?: string;
  };
  servicePlan?: {
    name: string;
    until?: string;
    everyMonths?: number;
    /** in the unit of its readings */
    everyUsage?: number;
    /** when it was last looked after; counted from when it was acquired unless said */
    lastOn?: string;
    lastUsage?: number;
  };
  status?: 'active' | 'sold' | 'scrapped';
  attributes?: { [key: string]: Json };
  usage?: {
    value: number;
    unit: string;
    readOn: string;
  };
};

export type ChangeAssetBody = {
  name?: string;
  status?: 'active' | 'sold' | 'scrapped';
  warranty?: {
    until?: string | null;
    terms?: string | null;
  } | null;
  servicePlan?: {
    name?: string | null;
    until?: string | null;
    everyMonths?: number | null;
    /** in the unit of its readings */
    everyUsage?: number | null;
    /** when it was last looked after; counted from when it was acquired unless said */
    lastOn?: string | null;
    lastUsage?: number | null;
  } | null;
  productId?: string | null;
  maker?: string | null;
  model?: string | null;
  /** unique with its maker */
  serial?: string | null;
  /** unique */
  vin?: string | null;
  acquiredOn?: string | null;
  soldBy?: string | null;
  attributes?: { [key: string]: Json } | null;
};

export type RecordReadingBody = {
  value: number;
  unit: string;
  readOn?: string;
  corrects?: boolean;
};

export type TransferAssetBody = {
  /** id of a customer */
  to: string;
  on?: string;
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

export type IssueInvoiceBody = {
  /** id of a customer */
  customerId: string;
  /** unique */
  number: string;
  total: {
    amount: number;
    currency: string;
  };
  issuedOn: string;
  dueOn: string;
  status?: 'open' | 'paid';
};

export type ChangeInvoiceBody = {
  dueOn?: string;
};

export type RecordPaymentBody = {
  amount: {
    amount: number;
    currency: string;
  };
  paidOn: string;
  reference: string;
  overpay?: boolean;
};

export type CancelInvoiceBody = {
  reason?: string;
};

export type SetCreditBody = {
  limit: {
    amount: number;
    currency: string;
  } | null;
};

export type PutAttributeBody = {
  label?: string;
  description?: string;
  required?: boolean;
  /** how soon a value stops being trusted */
  accuracy?: 'low' | 'normal' | 'high';
  /** how old a value may be, such as P180D */
  freshness?: string;
  classification?: 'normal' | 'confidential';
  /** what it is kept for */
  purpose?: string;
  appliesTo?: 'person' | 'organisation';
  /** needed for attributes of your own */
  type?:
    | 'text'
    | 'number'
    | 'integer'
    | 'boolean'
    | 'date'
    | 'instant'
    | 'enum'
    | 'list'
    | 'money'
    | 'url'
    | 'email'
    | 'phone'
    | 'json';
  /** of an enum or a list */
  values?: string[];
  /** the least: of a text its length, of a list its count, of money its minor units */
  min?: number | string;
  max?: number | string;
  /** of a text: * any characters, ? any one, # a digit, @ a letter */
  pattern?: string;
  /** customers are found by its value */
  indexed?: boolean;
  /** nobody sets it: it is computed from what happens */
  computed?: {
    /** a type such as order.created or tracked.track, or the name of a tracked event such as Product Viewed */
    event: string;
    /** an event pattern over its data */
    where?: { [key: string]: unknown };
    operation: 'count' | 'sum' | 'average' | 'min' | 'max' | 'first' | 'last';
    /** the part of its data that is taken; of first and last its time unless said */
    path?: string;
    /** only what happened in so many days before now, such as P30D */
    within?: string;
  };
};

export type SetConsentBody = {
  status: 'granted' | 'withdrawn';
  source: string;
  proof?: Json;
  purpose?: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  /** what the customer was shown */
  wording?: {
    text?: string;
    version?: string;
  };
  jurisdiction?: string;
  expiresAt?: string;
  /** how long it counts, in place of `expiresAt` */
  validity?: string;
  /** it was confirmed elsewhere, as `proof` shows: no link is sent though the topic asks for one */
  confirmed?: true;
};

export type RequestConsentBody = {
  source: string;
  proof?: Json;
  purpose?: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  /** what the customer was shown */
  wording?: {
    text?: string;
    version?: string;
  };
  jurisdiction?: string;
  expiresAt?: string;
  /** how long it counts, in place of `expiresAt` */
  validity?: string;
};

export type PutTopicBody = {
  name: string;
  description?: string;
  /** the name in other languages */
  names?: { [key: string]: string };
  descriptions?: { [key: string]: string };
  channels: ('email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post')[];
  /** whether a grant counts only once it was confirmed by a link */
  doubleOptIn?: boolean;
  /** what asks for it; `confirmUrl` and `topicName` are in scope */
  confirmTemplateId?: string;
  purpose?: string;
  /** of trackers’ `context.consent`: what an identified visitor says of it is said of the topic */
  category?: string;
  /** consent: nobody gets it who did not ask for it; every other basis: who did not object */
  basis?: 'consent' | 'contract' | 'legal-obligation' | 'vital-interests' | 'public-task' | 'legitimate-interests';
  /** how long a grant counts */
  validity?: string;
  /** whether it is left out of the preference page */
  hidden?: boolean;
};

export type PutPreferenceSettingsBody = {
  /** what customers know the company by */
  name?: string;
  colour?: string;
  /** what a customer can choose from */
  languages?: string[];
  /** the words of the pages by language; English ones where there are none */
  phrases?: {
    [key: string]: {
      title?: string;
      intro?: string;
      channelEmail?: string;
      channelSms?: string;
      channelPush?: string;
      channelWebhook?: string;
      channelInapp?: string;
      channelWhatsapp?: string;
      channelPhone?: string;
      channelPost?: string;
      always?: string;
      pending?: string;
      preferredChannel?: string;
      languageLabel?: string;
      noChoice?: string;
      save?: string;
      unsubscribeAll?: string;
      saved?: string;
      savedPending?: string;
      notPossible?: string;
      allEnded?: string;
      nothing?: string;
      confirmTitle?: string;
      confirmText?: string;
      confirmButton?: string;
      confirmed?: string;
      confirmedText?: string;
      invalidTitle?: string;
      invalidText?: string;
      expiredTitle?: string;
      expiredText?: string;
      manage?: string;
    };
  };
  /** whether address and browser of who confirms a consent are kept as part of the proof */
  keepNetwork?: boolean;
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

export type PutCustomerRulesBody = {
  /** attributes that are not declared are refused */
  strictAttributes?: boolean;
  sources?: {
    source: string;
    /** a source of higher rank is believed against a lower one */
    rank?: number;
    /** how often what it says is so */
    reliability: number;
  }[];
  /** in which order two values of an attribute are told apart, by attribute where it differs */
  survivorship?: {
    order?: ('verified' | 'rank' | 'confidence' | 'recency')[];
    attributes?: { [key: string]: ('verified' | 'rank' | 'confidence' | 'recency')[] };
  };
  /** how long a verified value stands against others */
  verifiedHolds?: string;
  /** what staff say themselves stands whatever was said before */
  peopleDecide?: boolean;
};

export type VerifyCustomerBody = {
  /** phone, address (all of it), attributes.plan */
  attributes: string[];
  by: 'customer' | 'staff' | 'third-party';
  method: string;
  /** kept on the timeline */
  proof?: Json;
};

export type PutPurposeBody = {
  description: string;
  lawfulBasis: 'consent' | 'contract' | 'legal-obligation' | 'vital-interests' | 'public-task' | 'legitimate-interests';
  /** who answers for it */
  owner: string;
  attributes?: string[];
  events?: string[];
  /** how long what serves it alone is kept */
  retention?: string;
  /** who may read for this purpose: whoever has one of the scopes or roles; without: whoever reads customers */
  access?: {
    scopes?: string[];
    roles?: string[];
  };
};

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
  provenance?: {
    /** the system that says so, where the caller passes it on; `api` unless said */
    source?: string;
    /** when it was so; now unless said */
    observedAt?: string;
    /** how sure the source is of it */
    confidence?: number;
    /** that the values were verified, by whom and how */
    verified?: {
      by: 'customer' | 'staff' | 'third-party';
      method?: string;
      at?: string;
    };
  };
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
  provenance?: {
    /** the system that says so, where the caller passes it on; `api` unless said */
    source?: string;
    /** when it was so; now unless said */
    observedAt?: string;
    /** how sure the source is of it */
    confidence?: number;
    /** that the values were verified, by whom and how */
    verified?: {
      by: 'customer' | 'staff' | 'third-party';
      method?: string;
      at?: string;
    };
  };
};

export type PreviewCleaningBody = {
  /** see GET /v1/cleaning/fixes */
  fixes: (
    | 'text.decoding'
    | 'text.entities'
    | 'whitespace'
    | 'placeholder'
    | 'name.salutation'
    | 'name.case'
    | 'kind.organisation'
    | 'name.split'
    | 'email.normalise'
    | 'email.typo-domain'
    | 'country.code'
    | 'postcode.format'
    | 'phone.e164'
    | 'date.iso'
    | 'attributes.declared'
    | 'date.swap'
  )[];
  sample?: number;
};

export type PutHygieneRulesBody = {
  rules: {
    id: string;
    active?: boolean;
    when: {
      /** neither observed nor verified for so long */
      stale?: {
        attributes: string[];
        olderThan: string;
      };
      /** there for so long, and not verified within it */
      unverified?: {
        attributes: string[];
        within: string;
      };
      /** a message came back for good */
      undeliverable?: {
        channel: 'email' | 'sms' | 'post';
      };
      /** less than so many in a hundred of what is declared as required */
      incomplete?: {
        below: number;
      };
    };
    /** only customers for whom this holds */
    where?: Condition;
    then: {
      /** one task to verify it; no other until that is settled */
      task?: {
        assignTo?: string;
        /** to who looks after the customer, where somebody does */
        toOwner?: boolean;
        dueIn?: string;
        subject?: string;
      };
      /** says data.stale, for triggers and other systems */
      event?: boolean;
      /** what does not work is not preferred any more */
      avoidChannel?: boolean;
    };
    /** nothing is asked of an attribute again for so long */
    cooldown?: string;
    /** what a night may open; the rest waits for the next */
    mostPerRun?: number;
  }[];
  /** when all customers are gone through, every night */
  at?: string;
  timeZone?: string;
};

export type CreateExportBody = {
  /** for the record */
  why?: string | null;
};

export type CreateImportBody = {
  /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
  of?: 'customers' | 'orders' | 'leads' | 'opportunities';
  /** where the file is from; every value remembers it */
  source: string;
  /** `rapport`: a copy made by an export, taken back as it is */
  format: 'csv' | 'ndjson' | 'rapport';
  /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
  mapping?: { [key: string]: string };
  /** of amounts that name none, in files of orders, leads and opportunities */
  currency?: string;
  /** what a row is known by; unless said its external id, else its e-mail address */
  upsertBy?: 'externalId' | 'email';
  /** tells what would be done, and does nothing */
  dryRun?: boolean;
  /** of rows that name none: how their phone numbers and postcodes are read */
  country?: string;
  /** how dates such as 03/04/2024 are read */
  dates?: 'dmy' | 'mdy';
};

export type CreateImportScheduleBody = {
  name: string;
  /** as when an import is begun */
  import: {
    /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
    of?: 'customers' | 'orders' | 'leads' | 'opportunities';
    /** where the file is from; every value remembers it */
    source: string;
    format: 'csv' | 'ndjson';
    /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
    mapping?: { [key: string]: string };
    /** of amounts that name none, in files of orders, leads and opportunities */
    currency?: string;
    /** what a row is known by; unless said its external id, else its e-mail address */
    upsertBy?: 'externalId' | 'email';
    /** of rows that name none: how their phone numbers and postcodes are read */
    country?: string;
    /** how dates such as 03/04/2024 are read */
    dates?: 'dmy' | 'mdy';
  };
  /** ISO 8601 duration, PT1H at least */
  every: string;
  /** time of day, where `every` is days, weeks or months; without it: from now on */
  at?: string;
  timeZone?: string;
  state?: 'active' | 'paused';
};

export type ChangeImportScheduleBody = {
  name?: string;
  /** as when an import is begun */
  import?: {
    /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
    of?: 'customers' | 'orders' | 'leads' | 'opportunities';
    /** where the file is from; every value remembers it */
    source: string;
    format: 'csv' | 'ndjson';
    /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
    mapping?: { [key: string]: string };
    /** of amounts that name none, in files of orders, leads and opportunities */
    currency?: string;
    /** what a row is known by; unless said its external id, else its e-mail address */
    upsertBy?: 'externalId' | 'email';
    /** of rows that name none: how their phone numbers and postcodes are read */
    country?: string;
    /** how dates such as 03/04/2024 are read */
    dates?: 'dmy' | 'mdy';
  };
  /** ISO 8601 duration, PT1H at least */
  every?: string;
  at?: string | null;
  timeZone?: string;
  state?: 'active' | 'paused';
};

export type CreateListBody = {
  name: string;
  kind: 'static' | 'dynamic';
  /** who is on a dynamic list; judged anew whenever it is read */
  where?: Condition;
  description?: string;
  sharedWith?: string[];
};

export type ChangeListBody = {
  name?: string;
  /** who is on a dynamic list; judged anew whenever it is read */
  where?: Condition;
  description?: string | null;
  sharedWith?: string[];
};

export type PutMembersBody = {
  customers: string[];
};

export type CopyListBody = {
  name: string;
  description?: string;
  sharedWith?: string[];
};

export type StartBulkBody = {
  over: {
    /** id of a list */
    list?: string;
    where?: Condition;
    customers?: string[];
    /** whatever finds customers: names, addresses, the end of a number */
    q?: string;
  };
  do: {
    /** a merge patch to each record */
    set?: {
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
    tag?: string;
    untag?: string;
    /** id of a list */
    addToList?: string;
    /** id of a list */
    removeFromList?: string;
    setConsent?: {
      channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
      topic: string;
      status: 'withdrawn';
      source: string;
    };
    /** who looks after them; null: nobody in particular */
    assignOwner?: string | null;
    /** see GET /v1/cleaning/fixes */
    clean?: (
      | 'text.decoding'
      | 'text.entities'
      | 'whitespace'
      | 'placeholder'
      | 'name.salutation'
      | 'name.case'
      | 'kind.organisation'
      | 'name.split'
      | 'email.normalise'
      | 'email.typo-domain'
      | 'country.code'
      | 'postcode.format'
      | 'phone.e164'
      | 'date.iso'
      | 'attributes.declared'
      | 'date.swap'
    )[];
  };
  dryRun?: boolean;
  /** kept with every change, for the audit */
  why: string;
};

export type UndoBulkBody = {
  /** kept with every change, for the audit */
  why: string;
};

export type ChangeMatchingSettingsBody = {
  /** from this probability on two records are merged unasked; null: never */
  autoMerge?: number | null;
  /** from this probability on two records are shown as duplicates */
  review?: number;
};

export type AcceptDuplicateBody = {
  /** id of a customer */
  into?: string;
  /** whose value counts, by attribute */
  choices?: { [key: string]: 'into' | 'from' };
};

export type MergeCustomerBody = {
  /** id of a customer */
  from: string;
  /** whose value counts, by attribute: phone, address.postcode, attributes.size */
  choices?: { [key: string]: 'into' | 'from' };
  /** what speaks for it, for the record */
  why?: string[];
  dryRun?: boolean;
};

export type UnmergeCustomerBody = {
  /** id of a customer */
  from: string;
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

export type PutTeamBody = {
  name: string;
  lead?: string;
  /** the team that it is a part of */
  parent?: string;
  /** the customers that it looks after */
  territories?: Condition;
};

export type PutStaffBody = {
  name: string;
  email?: string;
  team?: string;
  reportsTo?: string;
  skills?: string[];
  languages?: string[];
  /** the hours that they work: see calendars */
  calendarId?: string;
};

export type IssueTokenBody = {
  minutes?: number;
};

export type AskForCodeBody = {
  tenant: string;
  /** unique; kept in lower case */
  email: string;
};

export type ExchangeCodeBody = {
  tenant: string;
  /** unique; kept in lower case */
  email: string;
  code: string;
};

export type ProposeChangeBody = {
  givenName?: string | null;
  familyName?: string | null;
  /** of an organisation; a person’s is made of its parts unless given */
  name?: string | null;
  /** unique; kept in lower case */
  email?: string | null;
  /** E.164, or as dialled in the country of the address; kept as E.164 */
  phone?: string | null;
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
};

export type SetMyConsentBody = {
  status: 'granted' | 'withdrawn';
};

export type AcceptProposalBody = {
  anyway?: boolean;
};

export type RejectProposalBody = {
  reason: string;
};

export type PutPortalSettingsBody = {
  direct: (
    | 'givenName'
    | 'familyName'
    | 'name'
    | 'email'
    | 'phone'
    | 'dateOfBirth'
    | 'address'
    | 'locale'
    | 'timeZone'
    | 'preferredChannel'
  )[];
  review: (
    | 'givenName'
    | 'familyName'
    | 'name'
    | 'email'
    | 'phone'
    | 'dateOfBirth'
    | 'address'
    | 'locale'
    | 'timeZone'
    | 'preferredChannel'
  )[];
};

export type PutRetentionBody = {
  /** behaviour on sites and in apps */
  tracked?: string;
  /** what was sent, with its content */
  messages?: string;
  /** automated choices and their reasons */
  decisions?: string;
  /** cases with their threads, counted from when they were closed */
  cases?: string;
  /** customers of whom nothing is heard: listed for review, or to be erased */
  inactiveCustomers?: {
    after: string;
    then?: 'review' | 'erase';
    /** how long those to be erased are listed before, for somebody to keep them; P14D unless said */
    notice?: string;
  };
  /** whose nights */
  timeZone?: string;
};

export type RunRetentionBody = {
  dryRun?: boolean;
};

export type EraseCustomerBody = {
  /** on whose request, for the record; names of the customer are taken out */
  reason: string;
};

export type HoldCustomerBody = {
  reason: string;
  until?: string;
};

export type AddRelationshipBody = {
  type: string;
  /** id of a customer */
  to: string;
  role?: string;
  /** its first day; always unless said */
  from?: string;
  /** its last day; open unless said */
  until?: string;
  /** the first of its type with this customer; the others are not, then */
  primary?: boolean;
};

export type ChangeRelationshipBody = {
  role?: string | null;
  /** its first day; always unless said */
  from?: string | null;
  /** its last day; open unless said */
  until?: string | null;
  /** the first of its type with this customer; the others are not, then */
  primary?: boolean | null;
};

export type EndRelationshipBody = {
  until: string;
};

export type PutRelationshipTypeBody = {
  label: string;
  inverseLabel: string;
  /** the kind of customer that has it; any unless said */
  from?: 'person' | 'organisation';
  /** the kind of customer that it points to; any unless said */
  to?: 'person' | 'organisation';
  /** a customer has one at a time */
  exclusive?: boolean;
};

export type AssignOwnerBody = {
  userId: string | null;
};

export type CreateLeadBody = {
  /** the id that another system knows it by; unique */
  externalId?: string;
  /** of what is told of later: it stands on the timeline at that time, and sets off no trigger once that is two days ago */
  openedAt?: string;
  source?: string | null;
  interest?: string | null;
  value?: {
    amount: number;
    currency: string;
  } | null;
  ownerId?: string | null;
  /** id of a customer */
  customerId?: string;
  contact?: {
    name?: string;
    email?: string;
    phone?: string;
    company?: string;
  };
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
  /** the id that another system knows it by; unique */
  externalId?: string;
  /** of what is told of later: it stands on the timeline at that time, and sets off no trigger once that is two days ago */
  openedAt?: string;
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
  /** of an order that is told of later: it stands on the timeline at that time, and sets off no trigger once that is two days ago */
  placedAt?: string;
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

export type OpenMyCaseBody = {
  subject: string;
  description?: string;
  type?: 'report' | 'enquiry' | 'feedback' | 'complaint';
  language?: string;
  productId?: string;
};

export type ReplyToMyCaseBody = {
  body: string;
};

export type CreateWriteKeyBody = {
  name: string;
};

export type PutTrackingSettingsBody = {
  consent?: {
    /** behaviour is recorded only of who agreed to all these categories of `context.consent` */
    required: string[];
    /** what becomes of a call that says nothing of a category */
    absent?: 'record' | 'drop';
  };
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
  verified?: {
    by?: 'customer' | 'staff' | 'third-party';
    within?: string;
  };
  observed?: {
    source?: string;
    within?: string;
  };
  confidence?: {
    gt?: number;
    gte?: number;
    lt?: number;
    lte?: number;
  };
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

export type WrittenCustomer = {
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
  /** the user who looks after it */
  ownerId?: string;
  /** confidential attributes that there are and you may not see */
  masked?: string[];
  version: number;
  createdAt: string;
  updatedAt: string;
  /** what of this call does not stand, as what there is has the better standing; it is kept beside it */
  kept?: {
    attribute: string;
    why: string;
  }[];
};

export type FoundCustomer = {
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
  /** the user who looks after it */
  ownerId?: string;
  /** confidential attributes that there are and you may not see */
  masked?: string[];
  version: number;
  createdAt: string;
  updatedAt: string;
  match?: {
    by: 'id' | 'externalId' | 'email' | 'phone' | 'identifier' | 'name';
    how: 'exact' | 'prefix' | 'ending' | 'similar';
    similarity: number;
  };
};

export type Activity = {
  /** id of a activity */
  id: string;
  /** id of a customer */
  customerId: string;
  kind: 'call' | 'visit' | 'mail' | 'meeting' | 'note' | 'task' | 'letter';
  subject: string;
  body?: string;
  direction?: 'inbound' | 'outbound';
  outcome?: string;
  durationMinutes?: number;
  /** now unless said; a task has none */
  occurredAt?: string;
  /** of a task */
  dueAt?: string;
  assignedTo?: string;
  place?: {
    lat: number;
    lon: number;
  };
  /** the case, order, opportunity … that it was for */
  relatedTo?: string;
  state?: 'open' | 'done' | 'cancelled';
  closedAt?: string;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Document = {
  /** id of a document */
  id: string;
  /** id of a customer */
  customerId?: string;
  name: string;
  type: string;
  description?: string;
  visibleToCustomer: boolean;
  /** the case, order, asset … that it is about */
  relatedTo?: string;
  versions: {
    nth: number;
    at: string;
    by: string;
    size?: number;
    etag?: string;
  }[];
  version: number;
  createdAt: string;
  updatedAt: string;
  /** PUT the file there within 60 minutes */
  uploadUrl: string;
};

export type DocumentsItem = {
  /** id of a document */
  id: string;
  /** id of a customer */
  customerId?: string;
  name: string;
  type: string;
  description?: string;
  visibleToCustomer: boolean;
  /** the case, order, asset … that it is about */
  relatedTo?: string;
  versions: {
    nth: number;
    at: string;
    by: string;
    size?: number;
    etag?: string;
  }[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ReadDocumentReply = {
  /** id of a document */
  id: string;
  /** id of a customer */
  customerId?: string;
  name: string;
  type: string;
  description?: string;
  visibleToCustomer: boolean;
  /** the case, order, asset … that it is about */
  relatedTo?: string;
  versions: {
    nth: number;
    at: string;
    by: string;
    size?: number;
    etag?: string;
    /** a link that holds for 60 minutes */
    downloadUrl: string | null;
  }[];
  version: number;
  createdAt: string;
  updatedAt: string;
  size: number | null;
  /** null until a file has arrived */
  downloadUrl: string | null;
};

export type MyDocument = {
  /** id of a document */
  id: string;
  name: string;
  type: string;
  description?: string;
  size: number | null;
  createdAt: string;
  updatedAt: string;
  /** null until a file has arrived */
  downloadUrl: string | null;
};

export type Need = {
  /** id of a need */
  id: string;
  /** id of a customer */
  customerId: string;
  what: string;
  category?: string;
  productId?: string;
  budget?: {
    amount: number;
    currency: string;
  };
  neededBy?: string;
  /** from 1, a thought, to 5, it has to be */
  strength?: number;
  /** where it was learnt: a call, a form, the configurator … */
  source: string;
  status: 'open' | 'met' | 'dropped';
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ReadPromiseReply = {
  /** id of a promise */
  id: string;
  /** id of a customer */
  customerId: string;
  kind: 'commitment' | 'price' | 'offer' | 'wording';
  /** what it is about: the id of a product, or a topic */
  subject: string;
  text: string;
  amount?: {
    amount: number;
    currency: string;
  };
  /** its last day; until it is kept, broken or withdrawn unless said */
  validUntil?: string;
  department: string;
  status: 'standing' | 'kept' | 'broken' | 'withdrawn';
  note?: string;
  closedAt?: string;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Asset = {
  /** id of a asset */
  id: string;
  /** id of a customer */
  customerId: string;
  name: string;
  productId?: string;
  maker?: string;
  model?: string;
  /** unique with its maker */
  serial?: string;
  /** unique */
  vin?: string;
  acquiredOn?: string;
  soldBy?: string;
  warranty?: {
    until: string;
    terms?: string;
  };
  servicePlan?: {
    name: string;
    until?: string;
    everyMonths?: number;
    /** in the unit of its readings */
    everyUsage?: number;
    /** when it was last looked after; counted from when it was acquired unless said */
    lastOn?: string;
    lastUsage?: number;
  };
  status: 'active' | 'sold' | 'scrapped';
  attributes?: { [key: string]: Json };
  usage?: {
    value: number;
    unit: string;
    readOn: string;
  };
  /** what the check digit says; none: it need not */
  vinChecks?: 'right' | 'wrong' | 'none';
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

export type Invoice = {
  /** id of a invoice */
  id: string;
  /** id of a customer */
  customerId: string;
  /** unique */
  number: string;
  total: {
    amount: number;
    currency: string;
  };
  issuedOn: string;
  dueOn: string;
  status: 'open' | 'paid' | 'cancelled';
  paid: number;
  overdue: boolean;
  closedAt?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** what is still to be paid */
  balance: {
    amount: number;
    currency: string;
  };
};

export type Attribute = {
  attribute: string;
  label?: string;
  description?: string;
  required: boolean;
  /** how soon a value stops being trusted */
  accuracy: 'low' | 'normal' | 'high';
  /** how old a value may be, such as P180D */
  freshness?: string;
  classification: 'normal' | 'confidential';
  /** what it is kept for */
  purpose?: string;
  appliesTo?: 'person' | 'organisation';
  /** needed for attributes of your own */
  type?:
    | 'text'
    | 'number'
    | 'integer'
    | 'boolean'
    | 'date'
    | 'instant'
    | 'enum'
    | 'list'
    | 'money'
    | 'url'
    | 'email'
    | 'phone'
    | 'json';
  /** of an enum or a list */
  values?: string[];
  /** the least: of a text its length, of a list its count, of money its minor units */
  min?: number | string;
  max?: number | string;
  /** of a text: * any characters, ? any one, # a digit, @ a letter */
  pattern?: string;
  /** customers are found by its value */
  indexed: boolean;
  /** nobody sets it: it is computed from what happens */
  computed?: {
    /** a type such as order.created or tracked.track, or the name of a tracked event such as Product Viewed */
    event: string;
    /** an event pattern over its data */
    where?: { [key: string]: unknown };
    operation: 'count' | 'sum' | 'average' | 'min' | 'max' | 'first' | 'last';
    /** the part of its data that is taken; of first and last its time unless said */
    path?: string;
    /** only what happened in so many days before now, such as P30D */
    within?: string;
  };
  job?: string;
  updatedAt: string;
  name: string;
  /** the job that files the customers there are, when they are to be found by it */
  filing?: string;
  /** of a computed one: computing until all customers are gone through; stopped: that was ended before */
  state?: 'computing' | 'ready' | 'stopped';
  /** of all that is declared and decided about customers together */
  version: number;
};

export type Consent = {
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string;
  status: 'granted' | 'withdrawn' | 'pending' | 'expired';
  source: string;
  proof?: Json;
  purpose?: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  wording?: {
    text?: string;
    version?: string;
  };
  jurisdiction?: string;
  expiresAt?: string;
  confirmBy?: string;
  confirmation?: {
    requestId: string;
    askedAt: string;
    confirmedAt: string;
    ip?: string;
    userAgent?: string;
  };
  at: string;
  by?: string;
  version: number;
};

export type Topic = {
  topic: string;
  name: string;
  description?: string;
  /** the name in other languages */
  names?: { [key: string]: string };
  descriptions?: { [key: string]: string };
  channels: ('email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post')[];
  /** whether a grant counts only once it was confirmed by a link */
  doubleOptIn: boolean;
  /** what asks for it; `confirmUrl` and `topicName` are in scope */
  confirmTemplateId?: string;
  purpose?: string;
  /** of trackers’ `context.consent`: what an identified visitor says of it is said of the topic */
  category?: string;
  /** consent: nobody gets it who did not ask for it; every other basis: who did not object */
  basis: 'consent' | 'contract' | 'legal-obligation' | 'vital-interests' | 'public-task' | 'legitimate-interests';
  /** how long a grant counts */
  validity?: string;
  /** whether it is left out of the preference page */
  hidden: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type PreferenceSettings = {
  /** what customers know the company by */
  name?: string;
  colour?: string;
  /** what a customer can choose from */
  languages: string[];
  /** the words of the pages by language; English ones where there are none */
  phrases: {
    [key: string]: {
      title?: string;
      intro?: string;
      channelEmail?: string;
      channelSms?: string;
      channelPush?: string;
      channelWebhook?: string;
      channelInapp?: string;
      channelWhatsapp?: string;
      channelPhone?: string;
      channelPost?: string;
      always?: string;
      pending?: string;
      preferredChannel?: string;
      languageLabel?: string;
      noChoice?: string;
      save?: string;
      unsubscribeAll?: string;
      saved?: string;
      savedPending?: string;
      notPossible?: string;
      allEnded?: string;
      nothing?: string;
      confirmTitle?: string;
      confirmText?: string;
      confirmButton?: string;
      confirmed?: string;
      confirmedText?: string;
      invalidTitle?: string;
      invalidText?: string;
      expiredTitle?: string;
      expiredText?: string;
      manage?: string;
    };
  };
  /** whether address and browser of who confirms a consent are kept as part of the proof */
  keepNetwork: boolean;
  version: number;
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

export type CustomerRules = {
  /** attributes that are not declared are refused */
  strictAttributes: boolean;
  sources: {
    source: string;
    /** a source of higher rank is believed against a lower one */
    rank: number;
    /** how often what it says is so */
    reliability: number;
  }[];
  /** in which order two values of an attribute are told apart, by attribute where it differs */
  survivorship: {
    order?: ('verified' | 'rank' | 'confidence' | 'recency')[];
    attributes?: { [key: string]: ('verified' | 'rank' | 'confidence' | 'recency')[] };
  };
  /** how long a verified value stands against others */
  verifiedHolds: string;
  /** what staff say themselves stands whatever was said before */
  peopleDecide: boolean;
  version: number;
};

export type Conflict = {
  /** id of a customer */
  customerId: string;
  name: string;
  conflicts: {
    attribute: string;
    /** null where there is none; ••• where you may not see it */
    value: unknown;
    source: string;
    observedAt: string;
    /** since then, in days */
    age: string;
    verifiedAt: string | null;
    verifiedBy: 'customer' | 'staff' | 'third-party' | null;
    method: string | null;
    /** reliability × 2^(-age / half-life); see the decisions */
    confidence: number;
    /** older than the freshness asked of the attribute */
    stale: boolean;
    /** what was said otherwise */
    others: {
      value: unknown;
      source: string;
      observedAt: string;
      /** since then, in days */
      age: string;
      verifiedAt: string | null;
      verifiedBy: 'customer' | 'staff' | 'third-party' | null;
      method: string | null;
      /** reliability × 2^(-age / half-life); see the decisions */
      confidence: number;
      /** why it does not stand */
      why: string;
    }[];
  }[];
};

export type Purpose = {
  name: string;
  description: string;
  lawfulBasis: 'consent' | 'contract' | 'legal-obligation' | 'vital-interests' | 'public-task' | 'legitimate-interests';
  /** who answers for it */
  owner: string;
  attributes: string[];
  events: string[];
  /** how long what serves it alone is kept */
  retention?: string;
  /** who may read for this purpose: whoever has one of the scopes or roles; without: whoever reads customers */
  access?: {
    scopes: string[];
    roles: string[];
  };
  version: number;
  createdAt: string;
  updatedAt: string;
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
  /** the user who looks after it */
  ownerId?: string;
  /** confidential attributes that there are and you may not see */
  masked?: string[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Fixes = {
  items: {
    id: string;
    does: string;
    example: {
      before: { [key: string]: unknown };
      after: { [key: string]: unknown };
    };
    /** it may be wrong about somebody: look at a preview first */
    guesses: boolean;
  }[];
};

export type Cleaning = {
  looked: number;
  /** of these, with something to fix */
  dirty: number;
  /** how many values each fix would change */
  fixes: { [key: string]: number };
  items: {
    customerId: string;
    changes: {
      attribute: string;
      from: unknown;
      to: unknown;
      fix: string;
    }[];
  }[];
};

export type Report = {
  jobId: string;
};

export type Quality = {
  latest: {
    id: string;
    at: string;
    by: string;
    customers: number;
    /** the mean over all records */
    total: number;
    letters: {
      shareable: number;
      transportable: number;
      accurate: number;
      relevant: number;
      timely: number;
      secured: number;
    };
    /** of what is declared as required; null where nothing is */
    completeness: number | null;
    /** by their totals */
    distribution: {
      from: number;
      to: number;
      customers: number;
    }[];
    /** what is not as it should be, the commonest first */
    problems: {
      letter: string;
      check: string;
      customers: number;
      share: number;
    }[];
    /** the attributes that are believed least */
    worst: {
      attribute: string;
      /** that have a value of it */
      customers: number;
      confidence: number;
      stale: number;
      contested: number;
      unverified: number;
    }[];
  } | null;
  trend: {
    id: string;
    at: string;
    customers: number;
    /** the mean over all records */
    total: number;
    letters: {
      shareable: number;
      transportable: number;
      accurate: number;
      relevant: number;
      timely: number;
      secured: number;
    };
  }[];
};

export type HygieneRules = {
  rules: {
    id: string;
    active: boolean;
    when: {
      /** neither observed nor verified for so long */
      stale?: {
        attributes: unknown[];
        olderThan: string;
      };
      /** there for so long, and not verified within it */
      unverified?: {
        attributes: unknown[];
        within: string;
      };
      /** a message came back for good */
      undeliverable?: {
        channel: 'email' | 'sms' | 'post';
      };
      /** less than so many in a hundred of what is declared as required */
      incomplete?: {
        below: number;
      };
    };
    /** only customers for whom this holds */
    where?: Condition;
    then: {
      /** one task to verify it; no other until that is settled */
      task?: {
        assignTo?: string;
        /** to who looks after the customer, where somebody does */
        toOwner: boolean;
        dueIn: string;
        subject?: string;
      };
      /** says data.stale, for triggers and other systems */
      event: boolean;
      /** what does not work is not preferred any more */
      avoidChannel: boolean;
    };
    /** nothing is asked of an attribute again for so long */
    cooldown: string;
    /** what a night may open; the rest waits for the next */
    mostPerRun: number;
  }[];
  /** when all customers are gone through, every night */
  at: string;
  timeZone: string;
  version: number;
};

export type Hygiene = {
  jobId: string;
};

export type ReadHygieneReply = {
  rules: {
    /** `none`: what failed without a rule that asks */
    id: string;
    active: boolean;
    open: number;
    /** there are more than were counted */
    more: boolean;
  }[];
  lastRun: {
    startedAt: string;
    finishedAt: string;
    looked: number;
    settled: number;
    rules: {
      [key: string]: {
        found: number;
        opened: number;
        heldBack: number;
      };
    };
  } | null;
  nextRun: string | null;
};

export type Doubt = {
  /** id of a customer */
  customerId: string;
  attribute: string;
  cause: 'stale' | 'unverified' | 'undeliverable' | 'incomplete';
  why: string;
  rule?: string;
  state: 'open' | 'settled';
  since: string;
  settledAt?: string;
  how?: 'verified' | 'changed' | 'task' | 'passed';
  /** id of a activity */
  taskId?: string;
};

export type Export = {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  why: string | null;
  items: number;
  files: number;
  bytes: number;
  url: string | null;
  problem: string | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Import = {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
  of: 'customers' | 'orders' | 'leads' | 'opportunities';
  /** where the file is from; every value remembers it */
  source: string;
  /** `rapport`: a copy made by an export, taken back as it is */
  format: 'csv' | 'ndjson' | 'rapport';
  /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
  mapping?: { [key: string]: string };
  /** of amounts that name none, in files of orders, leads and opportunities */
  currency?: string;
  /** what a row is known by; unless said its external id, else its e-mail address */
  upsertBy?: 'externalId' | 'email';
  /** tells what would be done, and does nothing */
  dryRun: boolean;
  /** of rows that name none: how their phone numbers and postcodes are read */
  country?: string;
  /** how dates such as 03/04/2024 are read */
  dates: 'dmy' | 'mdy';
  rows: {
    read: number;
    created: number;
    updated: number;
    unchanged: number;
    failed: number;
    withErrors: number;
  };
  errorsUrl: string | null;
  errors: {
    column: string | null;
    message: string;
    rows: number;
  }[];
  /** the job that looks for duplicates among all customers, where a large import has begun one at its end */
  duplicates: string | null;
  progress: {
    bytes: number;
    size: number;
  };
  problem: string | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** where the file is PUT, good for an hour */
  uploadUrl: string;
};

export type ImportsItem = {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
  of: 'customers' | 'orders' | 'leads' | 'opportunities';
  /** where the file is from; every value remembers it */
  source: string;
  /** `rapport`: a copy made by an export, taken back as it is */
  format: 'csv' | 'ndjson' | 'rapport';
  /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
  mapping?: { [key: string]: string };
  /** of amounts that name none, in files of orders, leads and opportunities */
  currency?: string;
  /** what a row is known by; unless said its external id, else its e-mail address */
  upsertBy?: 'externalId' | 'email';
  /** tells what would be done, and does nothing */
  dryRun: boolean;
  /** of rows that name none: how their phone numbers and postcodes are read */
  country?: string;
  /** how dates such as 03/04/2024 are read */
  dates: 'dmy' | 'mdy';
  rows: {
    read: number;
    created: number;
    updated: number;
    unchanged: number;
    failed: number;
    withErrors: number;
  };
  errorsUrl: string | null;
  errors: {
    column: string | null;
    message: string;
    rows: number;
  }[];
  /** the job that looks for duplicates among all customers, where a large import has begun one at its end */
  duplicates: string | null;
  progress: {
    bytes: number;
    size: number;
  };
  problem: string | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ImportSchedule = {
  /** id of a importSchedule */
  id: string;
  name: string;
  /** as when an import is begun */
  import: {
    /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
    of: 'customers' | 'orders' | 'leads' | 'opportunities';
    /** where the file is from; every value remembers it */
    source: string;
    format: 'csv' | 'ndjson';
    /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
    mapping?: { [key: string]: string };
    /** of amounts that name none, in files of orders, leads and opportunities */
    currency?: string;
    /** what a row is known by; unless said its external id, else its e-mail address */
    upsertBy?: 'externalId' | 'email';
    /** of rows that name none: how their phone numbers and postcodes are read */
    country?: string;
    /** how dates such as 03/04/2024 are read */
    dates: 'dmy' | 'mdy';
  };
  /** ISO 8601 duration, PT1H at least */
  every: string;
  /** time of day, where `every` is days, weeks or months; without it: from now on */
  at?: string;
  timeZone: string;
  state: 'active' | 'paused';
  nextRunAt: string | null;
  lastRun: {
    at: string;
    outcome: 'imported' | 'failed' | 'unchanged' | 'no-file' | 'running';
    importId?: string;
    problem?: string;
  } | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** where the file is PUT, good for an hour */
  uploadUrl: string;
};

export type ImportSchedulesItem = {
  /** id of a importSchedule */
  id: string;
  name: string;
  /** as when an import is begun */
  import: {
    /** what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines */
    of: 'customers' | 'orders' | 'leads' | 'opportunities';
    /** where the file is from; every value remembers it */
    source: string;
    format: 'csv' | 'ndjson';
    /** column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence */
    mapping?: { [key: string]: string };
    /** of amounts that name none, in files of orders, leads and opportunities */
    currency?: string;
    /** what a row is known by; unless said its external id, else its e-mail address */
    upsertBy?: 'externalId' | 'email';
    /** of rows that name none: how their phone numbers and postcodes are read */
    country?: string;
    /** how dates such as 03/04/2024 are read */
    dates: 'dmy' | 'mdy';
  };
  /** ISO 8601 duration, PT1H at least */
  every: string;
  /** time of day, where `every` is days, weeks or months; without it: from now on */
  at?: string;
  timeZone: string;
  state: 'active' | 'paused';
  nextRunAt: string | null;
  lastRun: {
    at: string;
    outcome: 'imported' | 'failed' | 'unchanged' | 'no-file' | 'running';
    importId?: string;
    problem?: string;
  } | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
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

export type List = {
  /** id of a list */
  id: string;
  name: string;
  kind: 'static' | 'dynamic';
  /** who is on a dynamic list; judged anew whenever it is read */
  where?: Condition;
  description?: string;
  sharedWith: string[];
  owner: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Bulk = {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  by: string;
  /** whom: of customers that were named or found only how many */
  over: Json;
  do: Json;
  dryRun: boolean;
  why: string;
  counts: {
    /** customers looked at */
    looked: number;
    /** of these, those that it is about */
    fitting: number;
    changed: number;
    /** there was nothing to change */
    unchanged: number;
    failed: number;
    /** not taken back, or not whole: changed since */
    left: number;
  };
  /** how many values each cleaning fix changed */
  fixes: { [key: string]: number };
  problem?: string;
  /** the job that this one takes back */
  undoes: string | null;
  /** the job that takes this one back */
  undoneBy: string | null;
  undoableUntil: string | null;
  /** the report when it is whole, as NDJSON; a link for an hour */
  reportUrl: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type MatchingSettings = {
  /** from this probability on two records are merged unasked; null: never */
  autoMerge: number | null;
  /** from this probability on two records are shown as duplicates */
  review: number;
  version: number;
};

export type Duplicate = {
  /** id of a duplicate */
  id: string;
  /** the two records, in the order of their ids */
  customers: [string, string];
  /** that the two are one, 0 to 1 */
  probability: number;
  /** what speaks for it (+) and against it (-), in bits: each doubles or halves the odds */
  reasons: string[];
  state: 'open' | 'accepted' | 'rejected' | 'closed';
  /** who accepted or rejected it */
  decidedBy?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ReadDuplicateReply = {
  /** id of a duplicate */
  id: string;
  /** the two records, in the order of their ids */
  customers: [string, string];
  /** that the two are one, 0 to 1 */
  probability: number;
  /** what speaks for it (+) and against it (-), in bits: each doubles or halves the odds */
  reasons: string[];
  state: 'open' | 'accepted' | 'rejected' | 'closed';
  /** who accepted or rejected it */
  decidedBy?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** the two as they are now, in the order of `customers`; null where one was erased */
  records: (Customer | null)[];
  /** where they are not the same: the values of both, in the same order */
  differences: {
    attribute: string;
    values: unknown[];
  }[];
  /** the record that stays when it is accepted; null where it cannot be */
  stays: string | null;
};

export type Text = {
  kind: 'activity' | 'case' | 'document' | 'need' | 'promise';
  /** of the activity, case, document … */
  id: string;
  /** what was written on the case, where that is what was found */
  messageId?: string;
  /** id of a customer */
  customerId: string | null;
  at: string;
  /** who wrote it */
  by: string | null;
  title: string;
  /** of the title where the words stand only there */
  excerpt: string;
  /** where in the excerpt the words stand: from and to, in UTF-16 units */
  marks: [number, number][];
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

export type Team = {
  id: string;
  name: string;
  lead?: string;
  /** the team that it is a part of */
  parent?: string;
  /** the customers that it looks after */
  territories?: Condition;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Staff = {
  id: string;
  name: string;
  email?: string;
  team?: string;
  reportsTo?: string;
  skills: string[];
  languages: string[];
  /** the hours that they work: see calendars */
  calendarId?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Tokens = {
  notBefore: string;
};

export type ForCode = {
  accepted: true;
};

export type Code = {
  token: string;
  expiresAt: string;
};

export type Me = {
  /** id of a customer */
  id: string;
  version: number;
  kind: 'person' | 'organisation';
  givenName?: string;
  familyName?: string;
  /** of an organisation; a person’s is made of its parts unless given */
  name?: string;
  /** unique; kept in lower case */
  email?: string;
  /** E.164, or as dialled in the country of the address; kept as E.164 */
  phone?: string;
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
  updatedAt: string;
};

export type Change = {
  me: Me;
  applied: string[];
  proposal: MyChange | null;
};

export type MyChange = {
  /** id of a proposal */
  id: string;
  state: 'open' | 'accepted' | 'rejected';
  patch: {
    givenName?: string | null;
    familyName?: string | null;
    /** of an organisation; a person’s is made of its parts unless given */
    name?: string | null;
    /** unique; kept in lower case */
    email?: string | null;
    /** E.164, or as dialled in the country of the address; kept as E.164 */
    phone?: string | null;
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
  };
  decidedAt: string | null;
  reason: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type MyConsent = {
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string;
  status: 'granted' | 'withdrawn' | 'pending' | 'expired';
  at: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  expiresAt?: string;
  confirmBy?: string;
};

export type Proposal = {
  /** id of a proposal */
  id: string;
  /** id of a customer */
  customerId: string;
  state: 'open' | 'accepted' | 'rejected';
  patch: {
    givenName?: string | null;
    familyName?: string | null;
    /** of an organisation; a person’s is made of its parts unless given */
    name?: string | null;
    /** unique; kept in lower case */
    email?: string | null;
    /** E.164, or as dialled in the country of the address; kept as E.164 */
    phone?: string | null;
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
  };
  was: { [key: string]: Json };
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type PortalSettings = {
  direct: (
    | 'givenName'
    | 'familyName'
    | 'name'
    | 'email'
    | 'phone'
    | 'dateOfBirth'
    | 'address'
    | 'locale'
    | 'timeZone'
    | 'preferredChannel'
  )[];
  review: (
    | 'givenName'
    | 'familyName'
    | 'name'
    | 'email'
    | 'phone'
    | 'dateOfBirth'
    | 'address'
    | 'locale'
    | 'timeZone'
    | 'preferredChannel'
  )[];
  version: number;
};

export type Purposes = {
  id: string;
  kind: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Retention = {
  /** behaviour on sites and in apps */
  tracked?: string;
  /** what was sent, with its content */
  messages?: string;
  /** automated choices and their reasons */
  decisions?: string;
  /** cases with their threads, counted from when they were closed */
  cases?: string;
  /** customers of whom nothing is heard: listed for review, or to be erased */
  inactiveCustomers?: {
    after: string;
    then: 'review' | 'erase';
    /** how long those to be erased are listed before, for somebody to keep them; P14D unless said */
    notice?: string;
  };
  /** whose nights */
  timeZone?: string;
  version: number;
};

export type RunRetentionReply = {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  counts: { [key: string]: number };
  version: number;
  createdAt: string;
  updatedAt: string;
  dryRun: boolean;
};

export type InactiveItem = {
  /** id of a customer */
  customerId: string;
  lastActiveAt: string;
  foundAt: string;
  then: 'review' | 'erase';
  /** when it is to be erased, unless somebody keeps it or it is heard of */
  eraseAt?: string;
};

export type Erasure = {
  /** id of a erasure */
  id: string;
  /** id of a customer */
  customerId: string;
  merged: string[];
  state: 'running' | 'done';
  reason: string;
  requestedBy: string;
  at: string;
  finishedAt: string | null;
  covered: {
    /** timeline, messages, cases … */
    area: string;
    /** what became of it */
    what: string;
    count: number;
  }[];
  tenant: string;
  /** what is beyond the reach of this erasure, and for how long */
  elsewhere: {
    where: string;
    /** when it is gone from there too */
    until: string;
  }[];
  keyId: string | null;
  /** Ed25519, base64url, over the receipt without `signature` as canonical JSON (RFC 8785); null until it is done */
  signature: string | null;
};

export type ErasureKeys = {
  keys: {
    kty: 'OKP';
    crv: 'Ed25519';
    alg: 'EdDSA';
    use: 'sig';
    kid: string;
    x: string;
  }[];
};

export type Health = {
  status: 'ok';
};

export type Relationship = {
  /** id of a relationship */
  id: string;
  side: 'from' | 'to';
  /** id of a customer */
  customerId: string;
  /** id of a customer */
  with: string;
  type: string;
  label: string;
  role?: string;
  /** its first day; always unless said */
  from?: string;
  /** its last day; open unless said */
  until?: string;
  primary: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type RelationshipType = {
  name: string;
  label: string;
  inverseLabel: string;
  /** the kind of customer that has it; any unless said */
  from?: 'person' | 'organisation';
  /** the kind of customer that it points to; any unless said */
  to?: 'person' | 'organisation';
  /** a customer has one at a time */
  exclusive?: boolean;
  version?: number;
  createdAt?: string;
  updatedAt?: string;
  builtIn: boolean;
};

export type PutRelationshipTypeReply = {
  name: string;
  label: string;
  inverseLabel: string;
  /** the kind of customer that has it; any unless said */
  from?: 'person' | 'organisation';
  /** the kind of customer that it points to; any unless said */
  to?: 'person' | 'organisation';
  /** a customer has one at a time */
  exclusive?: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type Lead = {
  /** id of a lead */
  id: string;
  externalId: string | null;
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
  openedAt: string;
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
  externalId: string | null;
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
  openedAt: string;
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
  placedAt: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type MyOrder = {
  /** id of a order */
  id: string;
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
  placedAt: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type RefusedReport = {
  id: string;
  at: string;
  reported: string;
  source: string;
  key: string | null;
  taken: boolean;
  faults: {
    path: string;
    message: string;
  }[];
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

export type MyCase = {
  /** id of a case */
  id: string;
  /** what customers quote */
  number: string;
  status: 'new' | 'queued' | 'assigned' | 'waiting' | 'resolved' | 'reopened' | 'closed';
  subject: string;
  description: string;
  type: 'report' | 'enquiry' | 'feedback' | 'complaint';
  productId: string | null;
  resolvedAt: string | null;
  resolution: string | null;
  closedAt: string | null;
  satisfaction: RateCaseReply | null;
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

export type TrackingSettings = {
  consent?: {
    /** behaviour is recorded only of who agreed to all these categories of `context.consent` */
    required: string[];
    /** what becomes of a call that says nothing of a category */
    absent: 'record' | 'drop';
  };
  version: number;
};

export type Dropped = {
  items: {
    day: string;
    calls: number;
    reasons: { [key: string]: number };
  }[];
};

export type Identify = {
  success: boolean;
  message?: string;
  code?: string;
};

export type MakePromiseReply = {
  /** id of a promise */
  id: string;
  /** id of a customer */
  customerId: string;
  kind: 'commitment' | 'price' | 'offer' | 'wording';
  /** what it is about: the id of a product, or a topic */
  subject: string;
  text: string;
  amount?: {
    amount: number;
    currency: string;
  };
  /** its last day; until it is kept, broken or withdrawn unless said */
  validUntil?: string;
  department: string;
  status: 'standing' | 'kept' | 'broken' | 'withdrawn';
  note?: string;
  closedAt?: string;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  conflicts: ReadPromiseReply[];
};

export type Reading = {
  /** id of a reading */
  id: string;
  value: number;
  unit: string;
  readOn: string;
  corrects: boolean;
  by: string;
};

export type TriggerItem = {
  customerId: string;
  eventId: string;
  occurredAt: string;
  outcome: 'reached' | 'not reached';
  reasons: string[];
};

export type Payment = {
  amount: {
    amount: number;
    currency: string;
  };
  paidOn: string;
  reference: string;
  at: string;
  by: string;
};

export type Finance = {
  creditLimit: {
    amount: number;
    currency: string;
  } | null;
  /** by currency */
  openAmount: { [key: string]: number };
  /** by currency */
  overdueAmount: { [key: string]: number };
  /** the day that the earliest of its overdue invoices was due on */
  overdueSince: string | null;
};

export type ConsentsItem = {
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string;
  status: 'granted' | 'withdrawn' | 'pending' | 'expired';
  source: string;
  proof?: Json;
  purpose?: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  wording?: {
    text?: string;
    version?: string;
  };
  jurisdiction?: string;
  expiresAt?: string;
  confirmBy?: string;
  confirmation?: {
    requestId: string;
    askedAt: string;
    confirmedAt: string;
    ip?: string;
    userAgent?: string;
  };
  at: string;
  by?: string;
  version: number;
  implied?: true;
};

export type ConsentHistoryItem = {
  /** id of a customer */
  customerId: string;
  channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
  topic: string;
  status: 'granted' | 'withdrawn' | 'pending' | 'expired';
  source: string;
  proof?: Json;
  purpose?: string;
  lawfulBasis?:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interests'
    | 'public-task'
    | 'legitimate-interests';
  wording?: {
    text?: string;
    version?: string;
  };
  jurisdiction?: string;
  expiresAt?: string;
  confirmBy?: string;
  confirmation?: {
    requestId: string;
    askedAt: string;
    confirmedAt: string;
    ip?: string;
    userAgent?: string;
  };
  at: string;
  by?: string;
  id: string;
};

export type PreferencesLink = {
  url: string;
  expiresAt: string;
};

export type PreviewTemplateReply = {
  subject: string | null;
  html: string | null;
  text: string;
};

export type View =
  | {
      for: 'sales';
      freshness: {
        asOf: string;
        ages: {
          /** seconds since the latest of it changed; null: there is none */
          customer: number | null;
          /** seconds since the latest of it changed; null: there is none */
          timeline: number | null;
          /** seconds since the latest of it changed; null: there is none */
          records: number | null;
        };
      };
      customer: Customer;
      contactability: {
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        /** where it is reached; null: not known, or the channel needs none */
        address: string | null;
        /** that a message to the address came back for good or was complained of, and since when nothing is sent there */
        unreachable: {
          reason: string;
          since: string;
        } | null;
        preferred: boolean;
        granted: string[];
        withdrawn: string[];
      }[];
      lastTouch: {
        at: string;
        type: string;
        /** whether the customer turned to the company, or the company to it */
        direction: 'in' | 'out';
        actor: string;
        about: string;
      } | null;
      timeline: TimelineItem[];
      openCases: {
        id: string;
        number: string;
        subject: string;
        type: string;
        status: string;
        priority?: string | null;
        createdAt: string;
        updatedAt: string;
        channel: string;
        queue: string | null;
        agentId: string | null;
        sla: {
          policyId: string | null;
          firstResponseDueAt: string | null;
          resolutionDueAt: string | null;
          firstRespondedAt: string | null;
          breached: string[];
        };
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
      nextStep: {
        on: string;
        about: string;
        name: string;
      } | null;
      orders: {
        id: string;
        number: string;
        status: string;
        total: unknown;
        placedAt?: string;
        createdAt: string;
        updatedAt: string;
      }[];
      relationships: Relationship[];
      assets: Asset[];
      /** open ones */
      needs: Need[];
      /** open ones */
      tasks: Activity[];
      documents: DocumentsItem[];
      /** those that bind today */
      promises: ReadPromiseReply[];
      finance: Finance | null;
      loyalty: unknown | null;
      scores: unknown[];
      nextActions: unknown[];
      /** more records belong to the customer than are shown: the latest */
      more: boolean;
    }
  | {
      for: 'marketing';
      freshness: {
        asOf: string;
        ages: {
          /** seconds since the latest of it changed; null: there is none */
          customer: number | null;
          /** seconds since the latest of it changed; null: there is none */
          timeline: number | null;
          /** seconds since the latest of it changed; null: there is none */
          records: number | null;
        };
      };
      customer: Customer;
      consents: Consent[];
      contactability: {
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        /** where it is reached; null: not known, or the channel needs none */
        address: string | null;
        /** that a message to the address came back for good or was complained of, and since when nothing is sent there */
        unreachable: {
          reason: string;
          since: string;
        } | null;
        preferred: boolean;
        granted: string[];
        withdrawn: string[];
      }[];
      identities: {
        /** id of a customer */
        id: string;
        type: 'anonymousId' | 'externalId';
        value: string;
        since: string;
      }[];
      lastTouch: {
        at: string;
        type: string;
        /** whether the customer turned to the company, or the company to it */
        direction: 'in' | 'out';
        actor: string;
        about: string;
      } | null;
      timeline: TimelineItem[];
      openCases: {
        id: string;
        number: string;
        subject: string;
        type: string;
        status: string;
        priority?: string | null;
        createdAt: string;
        updatedAt: string;
        channel: string;
        queue: string | null;
        agentId: string | null;
        sla: {
          policyId: string | null;
          firstResponseDueAt: string | null;
          resolutionDueAt: string | null;
          firstRespondedAt: string | null;
          breached: string[];
        };
      }[];
      orders: {
        id: string;
        number: string;
        status: string;
        total: unknown;
        placedAt?: string;
        createdAt: string;
        updatedAt: string;
      }[];
      /** open ones */
      needs: Need[];
      /** those that bind today */
      promises: ReadPromiseReply[];
      loyalty: unknown | null;
      segments: unknown[];
      scores: unknown[];
      nextActions: unknown[];
      /** more records belong to the customer than are shown: the latest */
      more: boolean;
    }
  | {
      for: 'service';
      freshness: {
        asOf: string;
        ages: {
          /** seconds since the latest of it changed; null: there is none */
          customer: number | null;
          /** seconds since the latest of it changed; null: there is none */
          timeline: number | null;
          /** seconds since the latest of it changed; null: there is none */
          records: number | null;
        };
      };
      customer: Customer;
      contactability: {
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        /** where it is reached; null: not known, or the channel needs none */
        address: string | null;
        /** that a message to the address came back for good or was complained of, and since when nothing is sent there */
        unreachable: {
          reason: string;
          since: string;
        } | null;
        preferred: boolean;
        granted: string[];
        withdrawn: string[];
      }[];
      lastTouch: {
        at: string;
        type: string;
        /** whether the customer turned to the company, or the company to it */
        direction: 'in' | 'out';
        actor: string;
        about: string;
      } | null;
      timeline: TimelineItem[];
      openCases: {
        id: string;
        number: string;
        subject: string;
        type: string;
        status: string;
        priority?: string | null;
        createdAt: string;
        updatedAt: string;
        channel: string;
        queue: string | null;
        agentId: string | null;
        sla: {
          policyId: string | null;
          firstResponseDueAt: string | null;
          resolutionDueAt: string | null;
          firstRespondedAt: string | null;
          breached: string[];
        };
      }[];
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
      orders: {
        id: string;
        number: string;
        status: string;
        total: unknown;
        placedAt?: string;
        createdAt: string;
        updatedAt: string;
      }[];
      relationships: Relationship[];
      assets: Asset[];
      /** open ones */
      tasks: Activity[];
      documents: DocumentsItem[];
      /** those that bind today */
      promises: ReadPromiseReply[];
      finance: Finance | null;
      loyalty: unknown | null;
      nextActions: unknown[];
      /** more records belong to the customer than are shown: the latest */
      more: boolean;
    }
  | {
      freshness: {
        asOf: string;
        ages: {
          /** seconds since the latest of it changed; null: there is none */
          customer: number | null;
          /** seconds since the latest of it changed; null: there is none */
          timeline: number | null;
          /** seconds since the latest of it changed; null: there is none */
          records: number | null;
        };
      };
      customer: Customer;
      consents: Consent[];
      contactability: {
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        /** where it is reached; null: not known, or the channel needs none */
        address: string | null;
        /** that a message to the address came back for good or was complained of, and since when nothing is sent there */
        unreachable: {
          reason: string;
          since: string;
        } | null;
        preferred: boolean;
        granted: string[];
        withdrawn: string[];
      }[];
      identities: {
        /** id of a customer */
        id: string;
        type: 'anonymousId' | 'externalId';
        value: string;
        since: string;
      }[];
      lastTouch: {
        at: string;
        type: string;
        /** whether the customer turned to the company, or the company to it */
        direction: 'in' | 'out';
        actor: string;
        about: string;
      } | null;
      timeline: TimelineItem[];
      openCases: {
        id: string;
        number: string;
        subject: string;
        type: string;
        status: string;
        priority?: string | null;
        createdAt: string;
        updatedAt: string;
        channel: string;
        queue: string | null;
        agentId: string | null;
        sla: {
          policyId: string | null;
          firstResponseDueAt: string | null;
          resolutionDueAt: string | null;
          firstRespondedAt: string | null;
          breached: string[];
        };
      }[];
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
      nextStep: {
        on: string;
        about: string;
        name: string;
      } | null;
      orders: {
        id: string;
        number: string;
        status: string;
        total: unknown;
        placedAt?: string;
        createdAt: string;
        updatedAt: string;
      }[];
      relationships: Relationship[];
      assets: Asset[];
      /** open ones */
      needs: Need[];
      /** open ones */
      tasks: Activity[];
      documents: DocumentsItem[];
      /** those that bind today */
      promises: ReadPromiseReply[];
      finance: Finance | null;
      loyalty: unknown | null;
      segments: unknown[];
      scores: unknown[];
      nextActions: unknown[];
      /** more records belong to the customer than are shown: the latest */
      more: boolean;
    };

export type Provenance = {
  /** id of a customer */
  customerId: string;
  version: number;
  items: {
    attribute: string;
    /** null where there is none; ••• where you may not see it */
    value: unknown;
    source: string;
    observedAt: string;
    /** since then, in days */
    age: string;
    verifiedAt: string | null;
    verifiedBy: 'customer' | 'staff' | 'third-party' | null;
    method: string | null;
    /** reliability × 2^(-age / half-life); see the decisions */
    confidence: number;
    /** older than the freshness asked of the attribute */
    stale: boolean;
    /** what was said otherwise */
    others: {
      value: unknown;
      source: string;
      observedAt: string;
      /** since then, in days */
      age: string;
      verifiedAt: string | null;
      verifiedBy: 'customer' | 'staff' | 'third-party' | null;
      method: string | null;
      /** reliability × 2^(-age / half-life); see the decisions */
      confidence: number;
      /** why it does not stand */
      why: string;
    }[];
  }[];
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

export type Starts = {
  total: number;
  letters: {
    shareable: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
    transportable: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
    accurate: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
    relevant: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
    timely: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
    secured: {
      score: number;
      weight: number;
      reasons: {
        check: string;
        score: number;
        weight: number;
        says: string;
      }[];
    };
  };
  /** of what is declared as required; null where nothing is */
  completeness: {
    score: number;
    missing: string[];
  } | null;
  formula: string;
  /** id of a customer */
  customerId: string;
};

export type Doubts = {
  items: Doubt[];
};

export type PreviewImportReply = {
  encoding: string;
  delimiter: string | null;
  columns: string[];
  suggestions: {
    column: string;
    path: string;
    confidence: number;
    reason: string;
  }[];
  rows: {
    line: number;
    /** of files of orders, leads and opportunities: what is read by path */
    profile: { [key: string]: unknown };
    errors: {
      line: number;
      column: string | null;
      value: unknown;
      message: string;
    }[];
  }[];
};

export type ForSchedule = {
  uploadUrl: string;
};

export type Members = {
  added: number;
  /** on the list before */
  there: number;
  failed: number;
  results: {
    customerId: string;
    result: 'added' | 'there' | 'failed';
    problem?: {
      code: string;
      message: string;
    };
  }[];
};

export type CopyListReply = {
  list: List;
  job: Bulk;
};

export type BulkChange = {
  /** id of a job */
  jobId: string;
  /** id of a customer */
  customerId: string;
  at: string;
  changes: {
    attribute: string;
    from: unknown;
    to: unknown;
  }[];
  fixes?: { [key: string]: number };
  left?: {
    attribute: string;
    why: string;
  }[];
  undone?: {
    /** id of a job */
    by: string;
    at: string;
    changes: {
      attribute: string;
      from: unknown;
      to: unknown;
    }[];
    left: {
      attribute: string;
      why: string;
    }[];
  };
};

export type AcceptDuplicateReply = {
  /** id of a duplicate */
  id: string;
  /** the two records, in the order of their ids */
  customers: [string, string];
  /** that the two are one, 0 to 1 */
  probability: number;
  /** what speaks for it (+) and against it (-), in bits: each doubles or halves the odds */
  reasons: string[];
  state: 'open' | 'accepted' | 'rejected' | 'closed';
  /** who accepted or rejected it */
  decidedBy?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** id of a customer */
  into: string;
  /** id of a merge */
  mergeId: string;
};

export type People = {
  items: {
    actor: string;
    /** what of the timeline they did */
    events: number;
    /** of that, how often they were in contact */
    contacts: number;
    firstAt: string;
    lastAt: string;
    lastContactAt: string | null;
    last: {
      type: string;
      about: string;
    };
  }[];
  /** the whole timeline was looked at */
  complete: boolean;
};

export type MergeCustomerReply = {
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
  /** the user who looks after it */
  ownerId?: string;
  /** confidential attributes that there are and you may not see */
  masked?: string[];
  version: number;
  createdAt: string;
  updatedAt: string;
  merge: {
    /** null for a dry run */
    id: string | null;
    /** id of a customer */
    from: string;
    /** attributes that both records have, which of the two values counts, and why */
    conflicts: {
      attribute: string;
      into: unknown;
      from: unknown;
      wins: 'into' | 'from';
      why: string;
    }[];
    /** attributes that only the other record had */
    filled: string[];
    /** what moves, counted up to a hundred; `more`: and more */
    moves: {
      events: number;
      identities: number;
      lists: number;
      records: { [key: string]: number };
      more: boolean;
    };
    /** what counts on each channel and topic: the later word; of two at once the one that withdraws */
    consents: {
      channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
      topic: string;
      status: 'granted' | 'withdrawn' | 'pending' | 'expired';
      by: 'into' | 'from';
    }[];
    /** addresses and numbers that the customer is found by, and written to no more */
    dropped: string[];
  };
};

export type Merge = {
  /** id of a merge */
  id: string;
  /** id of a customer */
  into: string;
  /** id of a customer */
  from: string;
  state: 'moving' | 'merged' | 'unmerging' | 'unmerged';
  at: string;
  by: string;
  why: string[];
  choices: { [key: string]: 'into' | 'from' };
  unmergedAt?: string;
  unmergedBy?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** the other record as it was */
  was: Customer;
  unmergeable: boolean;
  /** why it cannot be taken back */
  reason: string | null;
};

export type Contactability = {
  /** id of a customer */
  customerId: string;
  preferredChannel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post' | null;
  lastSentAt: string | null;
  channels: {
    channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
    /** why nothing is sent to the address any more, such as a bounce or a complaint, and since when */
    suppressed: {
      reason: string;
      since: string;
    } | null;
    transactional: {
      outcome: 'send' | 'skip' | 'hold';
      reason: string;
    };
    topics: {
      topic: string;
      outcome: 'send' | 'skip' | 'hold';
      reason: string;
    }[];
  }[];
};

export type HoldCustomerReply = {
  /** id of a customer */
  id: string;
  reason: string;
  until: string | null;
  by: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ReleaseCustomerReply = {
  /** id of a customer */
  id: string;
  released: number;
};

export type OfCustomerItem = {
  /** id of a relationship */
  id: string;
  side: 'from' | 'to';
  /** id of a customer */
  customerId: string;
  /** id of a customer */
  with: string;
  type: string;
  label: string;
  role?: string;
  /** its first day; always unless said */
  from?: string;
  /** its last day; open unless said */
  until?: string;
  primary: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
  withKind: 'person' | 'organisation' | null;
  /** null once erased */
  withName: string | null;
};

export type Hierarchy = {
  on: string;
  /** the nearest first */
  ancestors: {
    /** id of a customer */
    id: string;
    name: string;
    /** id of a customer */
    parentId: string | null;
    /** 0 for the account asked for, less above it, more below */
    depth: number;
  }[];
  /** itself and those below it, level by level */
  accounts: {
    /** id of a customer */
    id: string;
    name: string;
    /** id of a customer */
    parentId: string | null;
    /** 0 for the account asked for, less above it, more below */
    depth: number;
  }[];
  /** there are more below than are shown */
  more: boolean;
};

export type RollupItem = {
  /** id of a customer */
  id: string;
  name: string;
  /** id of a customer */
  parentId: string | null;
  /** 0 for the account asked for, less above it, more below */
  depth: number;
  /** open ones */
  opportunities: {
    count: number;
    /** minor units by currency */
    amounts: { [key: string]: number };
  };
  /** all but cancelled ones */
  orders: {
    count: number;
    /** minor units by currency */
    amounts: { [key: string]: number };
  };
  /** neither resolved nor closed */
  cases: {
    count: number;
  };
  /** in use */
  assets: {
    count: number;
  };
  invoices: {
    /** minor units by currency */
    openAmount: { [key: string]: number };
    /** minor units by currency */
    overdueAmount: { [key: string]: number };
  };
  /** it has more records than were counted: the latest 300 */
  more: boolean;
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

export type MyThreadItem = {
  /** id of a caseMessage */
  id: string;
  body: string;
  at: string;
  from: 'me' | 'company';
};

/** Every route, by context and name. */
export type Api = {
  activities: {
    /** Record a call, visit, mail, meeting, letter or note of a customer, or set a task */
    recordActivity(asked: {
      body: RecordActivityBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Activities of a customer or about a record, latest first; or whose they are to do, open ones by when they are due */
    findActivities(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        assignedTo?: string;
        relatedTo?: string;
        kind?: 'call' | 'visit' | 'mail' | 'meeting' | 'note' | 'task' | 'letter';
        state?: 'open' | 'done' | 'cancelled';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Activity[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an activity */
    readActivity(asked: {
      params: {
        /** id of a activity */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Change an activity (JSON Merge Patch); a note is its author’s. What it was stays on the timeline */
    changeActivity(asked: {
      params: {
        /** id of a activity */
        id: string;
      };
      body: ChangeActivityBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Say that a task is done */
    completeTask(asked: {
      params: {
        /** id of a activity */
        id: string;
      };
      body: CompleteTaskBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Say that a task is not to be done any more */
    cancelTask(asked: {
      params: {
        /** id of a activity */
        id: string;
      };
      body: CancelTaskBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Take back an activity that never was; a note is its author’s */
    removeActivity(asked: {
      params: {
        /** id of a activity */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Activity>;
    /** Create a document of a customer, or for all, and get a link to PUT its file to: 100 MB at most */
    createDocument(asked: {
      body: CreateDocumentBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Document>;
    /** Documents of a customer or about a record; without either, those for all. Latest first */
    findDocuments(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        relatedTo?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: DocumentsItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a document, with links to its file and to those before it */
    readDocument(asked: {
      params: {
        /** id of a document */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ReadDocumentReply>;
    /** Change what is said of a document (JSON Merge Patch) */
    changeDocument(asked: {
      params: {
        /** id of a document */
        id: string;
      };
      body: ChangeDocumentBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<DocumentsItem>;
    /** Get a link to PUT a new version of the file to; those before are kept */
    addVersion(asked: {
      params: {
        /** id of a document */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Document>;
    /** Say that the file is there; it is found out anyway when the document is next read */
    confirmUpload(asked: {
      params: {
        /** id of a document */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ReadDocumentReply>;
    /** Remove a document with all its files */
    removeDocument(asked: {
      params: {
        /** id of a document */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<DocumentsItem>;
    /** A customer’s own documents that it may see, with links to fetch them, latest first */
    listMyDocuments(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: MyDocument[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Record what a customer needs or is interested in */
    recordNeed(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: RecordNeedBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Need>;
    /** What a customer needs, latest first */
    needsOfCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        status?: 'open' | 'met' | 'dropped';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Need[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Who needs a product, or something in a category; open needs unless asked otherwise */
    findNeeds(asked?: {
      query?: {
        productId?: string;
        category?: string;
        status?: 'open' | 'met' | 'dropped';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Need[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a need */
    readNeed(asked: {
      params: {
        /** id of a need */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Need>;
    /** Change a need, or say that it was met or dropped (JSON Merge Patch) */
    changeNeed(asked: {
      params: {
        /** id of a need */
        id: string;
      };
      body: ChangeNeedBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Need>;
    /** Take back a need that the customer never had */
    removeNeed(asked: {
      params: {
        /** id of a need */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Need>;
    /** Put on record what a department promised, quoted or offered; `conflicts` are what others said otherwise and still stands */
    makePromise(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: MakePromiseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<MakePromiseReply>;
    /** What a customer was promised, latest first; `standing` are those that bind today */
    promisesOfCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        status?: 'standing' | 'kept' | 'broken' | 'withdrawn';
        subject?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: ReadPromiseReply[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a promise */
    readPromise(asked: {
      params: {
        /** id of a promise */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ReadPromiseReply>;
    /** Say that a promise was kept */
    keepPromise(asked: {
      params: {
        /** id of a promise */
        id: string;
      };
      body: KeepPromiseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ReadPromiseReply>;
    /** Say that a promise was not kept */
    breakPromise(asked: {
      params: {
        /** id of a promise */
        id: string;
      };
      body: KeepPromiseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ReadPromiseReply>;
    /** Say that a promise does not stand any more; to say it otherwise, make another */
    withdrawPromise(asked: {
      params: {
        /** id of a promise */
        id: string;
      };
      body: KeepPromiseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ReadPromiseReply>;
  };
  assets: {
    /** Register a certain thing that a customer has, such as a car with its number */
    registerAsset(asked: { body: RegisterAssetBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Asset>;
    /** Find assets by serial number or VIN, or those of a customer */
    findAssets(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        serial?: string;
        vin?: string;
        status?: 'active' | 'sold' | 'scrapped';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Asset[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an asset */
    readAsset(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Asset>;
    /** Change what is known of an asset (JSON Merge Patch) */
    changeAsset(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      body: ChangeAssetBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Asset>;
    /** Take back an asset that the customer never had, with its readings */
    removeAsset(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Asset>;
    /** Record what an asset’s meter shows; less than before only where it `corrects` that */
    recordReading(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      body: RecordReadingBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Asset>;
    /** What an asset’s meter showed, latest first */
    listReadings(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Reading[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Give an asset to another customer; both timelines tell of it */
    transferAsset(asked: {
      params: {
        /** id of a asset */
        id: string;
      };
      body: TransferAssetBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Asset>;
  };
  automation: {
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
  billing: {
    /** Tell of an invoice that a customer was sent */
    issueInvoice(asked: { body: IssueInvoiceBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Invoice>;
    /** Invoices of a customer, latest first; by number; or by state, the longest due first */
    findInvoices(asked?: {
      query?: {
        /** id of a customer */
        customerId?: string;
        number?: string;
        state?: 'open' | 'paid' | 'cancelled' | 'overdue';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Invoice[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an invoice */
    readInvoice(asked: {
      params: {
        /** id of a invoice */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Invoice>;
    /** Give an invoice more time, or less (JSON Merge Patch) */
    changeInvoice(asked: {
      params: {
        /** id of a invoice */
        id: string;
      };
      body: ChangeInvoiceBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Invoice>;
    /** Tell of a payment of an invoice; once by its reference, and no more than is owed unless one says `overpay` */
    recordPayment(asked: {
      params: {
        /** id of a invoice */
        id: string;
      };
      body: RecordPaymentBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Invoice>;
    /** The payments of an invoice, by reference */
    listPayments(asked: {
      params: {
        /** id of a invoice */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Payment[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Say that an invoice is not to be paid any more; what was paid of it stays on record */
    cancelInvoice(asked: {
      params: {
        /** id of a invoice */
        id: string;
      };
      body: CancelInvoiceBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Invoice>;
    /** What a customer owes, since when, and how much it may */
    readFinance(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Finance>;
    /** Say how much a customer may owe; null: no limit is known */
    setCredit(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: SetCreditBody;
      signal?: AbortSignal;
    }): Promise<Finance>;
  };
  computedAttributes: {
    /** Every attribute that is declared, all at once: there are two hundred at most */
    listAttributes(asked?: { signal?: AbortSignal }): Promise<{
      items: Attribute[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** What is declared of an attribute */
    readAttribute(asked: {
      params: {
        name: string;
      };
      signal?: AbortSignal;
    }): Promise<Attribute>;
    /** Declare an attribute of your own (plan, or attributes.plan), or what you ask of a field of ours (phone, address.postcode). Values are held against it whenever they are written; those there are stay as they are. One that is computed has its values from what happens, and what has happened */
    putAttribute(asked: {
      params: {
        name: string;
      };
      body: PutAttributeBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Attribute>;
    /** Take a declaration back; the values stay and are not checked any more, those that were computed go with it */
    removeAttribute(asked: {
      params: {
        name: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Attribute>;
  };
  consent: {
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
    /** What counts for a customer by channel and topic: granted, withdrawn, pending, expired, or never objected to */
    listConsents(asked: {
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
      items: ConsentsItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Every word of a customer on a channel and topic with its source and proof, newest first */
    readConsentHistory(asked: {
      params: {
        /** id of a customer */
        id: string;
        channel: string;
        topic: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: ConsentHistoryItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Ask a customer by a link to confirm consent; it is granted once the link is used */
    requestConsent(asked: {
      params: {
        /** id of a customer */
        id: string;
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        topic: string;
      };
      body: RequestConsentBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Consent>;
    /** Declare what customers are written to about, and on what basis */
    putTopic(asked: {
      params: {
        topic: string;
      };
      body: PutTopicBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Topic>;
    /** The declared topics, by name */
    listTopics(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Topic[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Declare a topic no longer; what customers said of it stays, and counts as of any other */
    removeTopic(asked: {
      params: {
        topic: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Topic>;
    /** Make a link to a customer’s page of preferences, to be handed over to that customer */
    createPreferencesLink(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<PreferencesLink>;
    /** Read how the pages look on which customers say what they want */
    readPreferenceSettings(asked?: { signal?: AbortSignal }): Promise<PreferenceSettings>;
    /** Set name, colour, languages and words of the pages on which customers say what they want */
    putPreferenceSettings(asked: {
      body: PutPreferenceSettingsBody;
      signal?: AbortSignal;
    }): Promise<PreferenceSettings>;
  };
  content: {
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
  };
  customerView: {
    /** Everything known of a customer in one call, or what one department needs of it */
    readView(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        /** of the registered purposes the one it is read for: only what serves it is shown */
        purpose?: string;
        /** the department whose view it is */
        for?: 'sales' | 'marketing' | 'service';
      };
      signal?: AbortSignal;
    }): Promise<View>;
  };
  customers: {
    /** Whom you believe about your customers */
    readCustomerRules(asked?: { signal?: AbortSignal }): Promise<CustomerRules>;
    /** Say whom you believe: ranks and reliability of sources (api, customer, tracking:<write key>, import:<source>, or your own), and what decides between two values */
    putCustomerRules(asked: { body: PutCustomerRulesBody; signal?: AbortSignal }): Promise<CustomerRules>;
    /** Where each value of a customer comes from, how old and how sure it is, and what was said otherwise */
    readProvenance(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Provenance>;
    /** Note that values of a customer were verified; what was said otherwise is settled by that */
    verifyCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: VerifyCustomerBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Provenance>;
    /** Customers of whom something was said otherwise than it stands, latest first */
    listConflicts(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Conflict[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Register what personal data is used for: which attributes and events, on what basis, and who answers for it */
    putPurpose(asked: {
      params: {
        name: string;
      };
      body: PutPurposeBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Purpose>;
    /** What personal data is used for, by name */
    listPurposes(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Purpose[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Register that personal data is no longer used for a purpose */
    removePurpose(asked: {
      params: {
        name: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Purpose>;
    /** Create a customer */
    createCustomer(asked: {
      body: CreateCustomerBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<WrittenCustomer>;
    /** Create or update a customer by externalId or email */
    upsertCustomer(asked: { body: CreateCustomerBody; signal?: AbortSignal }): Promise<WrittenCustomer>;
    /** Read a customer, or what of it is wanted */
    readCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        /** of the registered purposes the one it is read for: only what serves it is shown */
        purpose?: string;
        /** phone,address.postcode,attributes.plan */
        fields?: string;
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
    }): Promise<WrittenCustomer>;
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
  dataQuality: {
    /** Every way to clean a record: what it does, with an example; POST /v1/bulk does it */
    listFixes(asked?: { signal?: AbortSignal }): Promise<Fixes>;
    /** What some fixes would change of the latest customers, before and after; nothing is changed */
    previewCleaning(asked: {
      body: PreviewCleaningBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Cleaning>;
    /** How shareable, transportable, accurate, relevant, timely and secured a record is, from 0 to 100, and why */
    readStarts(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Starts>;
    /** Measure all records; a job makes the report */
    startReport(asked?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Report>;
    /** The latest report on the quality of all records, and how it went before */
    readQuality(asked?: { signal?: AbortSignal }): Promise<Quality>;
    /** The rules by which what is known of customers is kept in order; suggestions, all off, until some are set */
    readHygieneRules(asked?: { signal?: AbortSignal }): Promise<HygieneRules>;
    /** Say when what is known of customers is doubted, and what is done then */
    putHygieneRules(asked: { body: PutHygieneRulesBody; signal?: AbortSignal }): Promise<HygieneRules>;
    /** Go through all customers by the rules now, without waiting for the night */
    runHygiene(asked?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Hygiene>;
    /** What the rules have open, rule by rule, and what the last run found */
    readHygiene(asked?: { signal?: AbortSignal }): Promise<ReadHygieneReply>;
    /** What a rule has open, latest first, customer by customer */
    listDoubts(asked: {
      query: {
        rule: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Doubt[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** What is, or was, to be verified of a customer */
    readDoubts(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Doubts>;
  };
  exports: {
    /** Copy everything that is kept for the company to one file of NDJSON; an import of the format `rapport` takes it back */
    createExport(asked: { body: CreateExportBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Export>;
    /** List copies, latest first; a copy is kept for a week */
    listExports(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Export[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** How far a copy is, and where it is found */
    readExport(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Export>;
  };
  imports: {
    /** Begin an import: PUT the file to `uploadUrl`, then start it */
    createImport(asked: { body: CreateImportBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Import>;
    /** List imports, latest first */
    listImports(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: ImportsItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** How far an import is, what it did, and what was wrong */
    readImport(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ImportsItem>;
    /** What the file is like, where its columns probably lead, and its first rows as they would be read */
    previewImport(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<PreviewImportReply>;
    /** Bring the rows of the uploaded file in */
    startImport(asked: {
      params: {
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ImportsItem>;
    /** Import a file again and again: whenever it is time and the file is another than before */
    createImportSchedule(asked: {
      body: CreateImportScheduleBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<ImportSchedule>;
    /** List what is imported again and again, latest first */
    listImportSchedules(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: ImportSchedulesItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** When a file is imported next, and what came of it the last time */
    readImportSchedule(asked: {
      params: {
        /** id of a importSchedule */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ImportSchedulesItem>;
    /** Change when or how a file is imported, or pause it (JSON Merge Patch; `import` is replaced as a whole) */
    changeImportSchedule(asked: {
      params: {
        /** id of a importSchedule */
        id: string;
      };
      body: ChangeImportScheduleBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ImportSchedulesItem>;
    /** Import a file no longer; what came in from it stays */
    removeImportSchedule(asked: {
      params: {
        /** id of a importSchedule */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ImportSchedulesItem>;
    /** A new link to which the file is PUT that is imported the next time, good for an hour */
    uploadForSchedule(asked: {
      params: {
        /** id of a importSchedule */
        id: string;
      };
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<ForSchedule>;
    /** Import the file now, if it is another than before */
    runImportSchedule(asked: {
      params: {
        /** id of a importSchedule */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<ImportSchedulesItem>;
  };
  jobs: {
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
  lists: {
    /** Begin a list of customers: static, or whoever a condition holds for */
    createList(asked: { body: CreateListBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<List>;
    /** The lists that are one’s own or shared with one, latest first */
    findLists(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: List[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a list */
    readList(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<List>;
    /** Change a list of one’s own (JSON Merge Patch; `where` is replaced as a whole); its kind stays */
    changeList(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      body: ChangeListBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<List>;
    /** Remove a list of one’s own; the customers on it stay */
    removeList(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<List>;
    /** The customers on a list, latest first. A page of a dynamic list may hold fewer than asked for: its cursor goes on */
    listMembers(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Customer[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Put a customer on a static list */
    putMember(asked: {
      params: {
        /** id of a list */
        id: string;
        customerId: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** Put up to a thousand customers on a static list; each is answered for by itself */
    putMembers(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      body: PutMembersBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Members>;
    /** Make a static list of who is on a list now; a job fills it */
    copyList(asked: {
      params: {
        /** id of a list */
        id: string;
      };
      body: CopyListBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<CopyListReply>;
    /** Take a customer off a static list */
    removeMember(asked: {
      params: {
        /** id of a list */
        id: string;
        customerId: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** The static lists that a customer is on */
    listsOfCustomer(asked: {
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
      items: List[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Have one change made to many customers by a job, or try out what it would do */
    startBulk(asked: { body: StartBulkBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Bulk>;
    /** How far a bulk change is, what it did, and a link to its report */
    readBulk(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Bulk>;
    /** What a bulk change has changed so far, customer by customer; a page may be empty: its cursor goes on */
    listBulkChanges(asked: {
      params: {
        id: string;
      };
      query?: {
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: BulkChange[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Take a bulk change back, once, within 30 days: wherever a value still is what it was made */
    undoBulk(asked: {
      params: {
        id: string;
      };
      body: UndoBulkBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Bulk>;
  };
  matching: {
    /** When two records are taken for one customer */
    readMatchingSettings(asked?: { signal?: AbortSignal }): Promise<MatchingSettings>;
    /** Set when two records are shown as duplicates, and when they are merged unasked */
    changeMatchingSettings(asked: {
      body: ChangeMatchingSettingsBody;
      signal?: AbortSignal;
    }): Promise<MatchingSettings>;
    /** Two records each that are probably of one customer, the likeliest first */
    listDuplicates(asked?: {
      query?: {
        state?: 'open' | 'accepted' | 'rejected' | 'closed';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Duplicate[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** A duplicate with both records, side by side */
    readDuplicate(asked: {
      params: {
        /** id of a duplicate */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ReadDuplicateReply>;
    /** The duplicates of a customer. A page may hold fewer than asked for: its cursor goes on */
    listDuplicatesOf(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        state?: 'open' | 'accepted' | 'rejected' | 'closed';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Duplicate[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Two records are one customer: merges them. Unless `into` says which stays, it is the one that stands for more records already, else the older */
    acceptDuplicate(asked: {
      params: {
        /** id of a duplicate */
        id: string;
      };
      body: AcceptDuplicateBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<AcceptDuplicateReply>;
    /** Two records are two customers: not proposed again until one of them says it is somebody else */
    rejectDuplicate(asked: {
      params: {
        /** id of a duplicate */
        id: string;
      };
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Duplicate>;
    /** Look through all customers once, for what is from before or was found under other settings: `GET /v1/jobs/{id}` tells how far it is. While one search runs, it is that one */
    searchDuplicates(asked?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Job>;
  };
  memory: {
    /** Who of the staff had to do with a customer, by the latest 2,000 events of its timeline; the latest first */
    listPeople(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<People>;
    /** Activities, notes, cases and what was written on them, documents (by name and description), needs and promises that hold all the words, in any of their forms, latest first; words in quotes one after the other. What the caller may not read is not found. A page may hold fewer than asked for: its cursor goes on */
    searchTexts(asked: {
      query: {
        q: string;
        /** kinds, with commas between them: all that the caller may read unless said */
        in?: string;
        /** id of a customer */
        customerId?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Text[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
  };
  merging: {
    /** Merge another record of the same customer into this one; `dryRun` shows what would become of them. What belongs to the other is found here afterwards, of a history of many hundreds the last within seconds */
    mergeCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: MergeCustomerBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<MergeCustomerReply>;
    /** Take a record out again that was merged into this one, with what it brought; what happened since stays here */
    unmergeCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: UnmergeCustomerBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Customer>;
    /** The records that were merged into a customer, and whether they can be taken out again */
    listMerges(asked: {
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
      items: Merge[];
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
    /** By what and on what a customer may be written to right now, and why not: as every message is decided */
    readContactability(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Contactability>;
    /** Read frequency caps, quiet hours and sender */
    readSettings(asked?: { signal?: AbortSignal }): Promise<Settings>;
    /** Set frequency caps, quiet hours and sender; what is left out is off */
    changeSettings(asked: { body: ChangeSettingsBody; signal?: AbortSignal }): Promise<ChangeSettingsReply>;
  };
  organisation: {
    /** Describe a team of the company: who leads it, what it is a part of, which customers it looks after */
    putTeam(asked: {
      params: {
        id: string;
      };
      body: PutTeamBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Team>;
    /** Teams, by id */
    listTeams(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Team[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a team */
    readTeam(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Team>;
    /** Remove a team that nobody is in */
    removeTeam(asked: {
      params: {
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Team>;
    /** Describe somebody who works for the company */
    putStaff(asked: {
      params: {
        userId: string;
      };
      body: PutStaffBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Staff>;
    /** Who works for the company, by id; those of a team */
    listStaff(asked?: {
      query?: {
        team?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Staff[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read who somebody is */
    readStaff(asked: {
      params: {
        userId: string;
      };
      signal?: AbortSignal;
    }): Promise<Staff>;
    /** Who reports to somebody, and the `line` that they report to, up to the top */
    listReports(asked: {
      params: {
        userId: string;
      };
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Staff[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Say that somebody does not work for the company any more */
    removeStaff(asked: {
      params: {
        userId: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Staff>;
  };
  portal: {
    /** Give a customer a token of its own, for a company with a login of its own */
    issueToken(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: IssueTokenBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Code>;
    /** Make every token that a customer has worth nothing */
    revokeTokens(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Tokens>;
    /** What a customer’s own record says */
    readMe(asked?: { signal?: AbortSignal }): Promise<Me>;
    /** Change one’s own record, or ask for it where somebody has to agree (JSON Merge Patch) */
    proposeChange(asked: { body: ProposeChangeBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<Change>;
    /** What one asked to be changed, and what became of it, latest first */
    listMyChanges(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: MyChange[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** What a customer agreed to and did not */
    listMyConsents(asked?: { signal?: AbortSignal }): Promise<{
      items: MyConsent[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Grant or withdraw consent */
    setMyConsent(asked: {
      params: {
        channel: 'email' | 'sms' | 'push' | 'webhook' | 'inapp' | 'whatsapp' | 'phone' | 'post';
        topic: string;
      };
      body: SetMyConsentBody;
      signal?: AbortSignal;
    }): Promise<MyConsent>;
    /** Changes that customers ask for, latest first */
    listProposals(asked?: {
      query?: {
        state?: 'open' | 'accepted' | 'rejected';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Proposal[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Agree to a change that a customer asked for; the customer is told */
    acceptProposal(asked: {
      params: {
        id: string;
      };
      body: AcceptProposalBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Proposal>;
    /** Do not agree to a change that a customer asked for; the customer is told why */
    rejectProposal(asked: {
      params: {
        id: string;
      };
      body: RejectProposalBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Proposal>;
    /** What customers may change of their records */
    readPortalSettings(asked?: { signal?: AbortSignal }): Promise<PortalSettings>;
    /** Say what customers may change of their records, at once or after review */
    putPortalSettings(asked: { body: PutPortalSettingsBody; signal?: AbortSignal }): Promise<PortalSettings>;
  };
  privacy: {
    /** Look through all customers for attributes and event types that no purpose is registered for; the job’s result names them */
    reportPurposes(asked?: { idempotencyKey?: string; signal?: AbortSignal }): Promise<Purposes>;
    /** Read how long what is known of customers is kept */
    readRetention(asked?: { signal?: AbortSignal }): Promise<Retention>;
    /** Set how long what is known of customers is kept: discarded nightly, what is tracked from now on by itself */
    putRetention(asked: { body: PutRetentionBody; signal?: AbortSignal }): Promise<Retention>;
    /** Discard now what is older than it may be, or count what would be */
    runRetention(asked: {
      body: RunRetentionBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<RunRetentionReply>;
    /** Read how far a run is, and what it discarded or would; messages and cases are counted as they are gone through */
    readRetentionRun(asked: {
      params: {
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<RunRetentionReply>;
    /** Customers of whom nothing was heard for long, latest found first */
    listInactive(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: InactiveItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Keep a customer of whom nothing was heard for long: counts as being heard of */
    keepInactive(asked: {
      params: {
        /** id of a customer */
        customerId: string;
      };
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<InactiveItem>;
    /** Erase a customer for good: at once the record is empty and answers 410, then everything else that is kept of it goes; the erasure says how far that is and becomes the receipt. Asked again it answers with the same erasure */
    eraseCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: EraseCustomerBody;
      idempotencyKey?: string;
      signal?: AbortSignal;
    }): Promise<Erasure>;
    /** Erasures, latest first */
    listErasures(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: Erasure[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read an erasure: how far it is and, once it is done, its signed receipt */
    readErasure(asked: {
      params: {
        /** id of a erasure */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Erasure>;
    /** Keep a customer from being erased, for as long as there is a duty to keep what is known of it */
    holdCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: HoldCustomerBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<HoldCustomerReply>;
    /** Read why and until when a customer must not be erased */
    readHold(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<HoldCustomerReply>;
    /** Let a customer be erased again, and the records that were merged into it */
    releaseCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<ReleaseCustomerReply>;
  };
  relationships: {
    /** Connect a customer with another: `to` is the customer’s employer, parent, vendor, spouse … */
    addRelationship(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: AddRelationshipBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Relationship>;
    /** Whom a customer is connected with, from either end; of one type, or on a day. `label` is what the other is */
    relationshipsOfCustomer(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        type?: string;
        on?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: OfCustomerItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Read a relationship, as the customer sees it that has it */
    readRelationship(asked: {
      params: {
        /** id of a relationship */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<Relationship>;
    /** Change role, days or weight of a relationship (JSON Merge Patch) */
    changeRelationship(asked: {
      params: {
        /** id of a relationship */
        id: string;
      };
      body: ChangeRelationshipBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Relationship>;
    /** Give a relationship its last day; it stays to be seen */
    endRelationship(asked: {
      params: {
        /** id of a relationship */
        id: string;
      };
      body: EndRelationshipBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Relationship>;
    /** Take back a relationship that never was */
    removeRelationship(asked: {
      params: {
        /** id of a relationship */
        id: string;
      };
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Relationship>;
    /** The kinds of relationships: those that everybody has, and the company’s own */
    listRelationshipTypes(asked?: { signal?: AbortSignal }): Promise<{
      items: RelationshipType[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Declare a kind of relationship, or call it otherwise: relationships made from then on are called so */
    putRelationshipType(asked: {
      params: {
        name: string;
      };
      body: PutRelationshipTypeBody;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<PutRelationshipTypeReply>;
    /** The accounts above and below an organisation on a day, by its `parent` relationships; 20 levels either way */
    readHierarchy(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        /** today, in UTC, unless said */
        on?: string;
        limit?: number;
      };
      signal?: AbortSignal;
    }): Promise<Hierarchy>;
    /** Open opportunities, orders, cases, assets and what is owed, of an account and those below it, page by page of accounts; `total` adds up the page */
    readRollup(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      query?: {
        /** today, in UTC, unless said */
        on?: string;
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: RollupItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** The teams that look after a customer, by their territories; a page may show fewer than asked for */
    teamsOfCustomer(asked: {
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
      items: Team[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Say who looks after a customer; null: nobody in particular */
    assignOwner(asked: {
      params: {
        /** id of a customer */
        id: string;
      };
      body: AssignOwnerBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<Customer>;
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
    /** A customer’s own orders, latest first */
    listMyOrders(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: MyOrder[];
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
    /** What other systems reported on the bus of orders, leads and opportunities and could not be taken, and why */
    listRefusedReports(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: RefusedReport[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
  };
  search: {
    /** Find customers by e-mail, phone, external id, an indexed attribute, or whatever somebody typed (q); or list them, latest first */
    findCustomers(asked?: {
      query?: {
        email?: string;
        phone?: string;
        externalId?: string;
        /** a name in any order, each word whole or begun; an e-mail address or its beginning, @ and a domain; a phone number or its last digits; an id or identifier. What is whole comes first, then what is begun, then - when there is little - what is similar. */
        q?: string;
        /** one that is declared as indexed, such as attributes.plan */
        attribute?: string;
        /** of that attribute; of a list one of its items */
        value?: string;
        /** with q, or alone */
        kind?: 'person' | 'organisation';
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: FoundCustomer[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
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
    /** A customer’s own cases, latest first */
    listMyCases(asked?: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      signal?: AbortSignal;
    }): Promise<{
      items: MyCase[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Open a case of one’s own */
    openMyCase(asked: { body: OpenMyCaseBody; idempotencyKey?: string; signal?: AbortSignal }): Promise<MyCase>;
    /** Read a case of one’s own */
    readMyCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      signal?: AbortSignal;
    }): Promise<MyCase>;
    /** What was written on a case of one’s own, newest first; no internal notes */
    readMyThread(asked: {
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
      items: MyThreadItem[];
      /** null on the last page */
      nextCursor: string | null;
    }>;
    /** Write on a case of one’s own; a settled one is taken up again */
    replyToMyCase(asked: {
      params: {
        /** id of a case */
        id: string;
      };
      body: ReplyToMyCaseBody;
      idempotencyKey?: string;
      ifMatch?: number;
      signal?: AbortSignal;
    }): Promise<MyCase>;
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
    /** Read what is recorded of visitors */
    readTrackingSettings(asked?: { signal?: AbortSignal }): Promise<TrackingSettings>;
    /** Set what visitors have to agree to before their behaviour is recorded; heeded within a minute */
    putTrackingSettings(asked: { body: PutTrackingSettingsBody; signal?: AbortSignal }): Promise<TrackingSettings>;
    /** How many calls were not recorded lately as their visitors did not agree, by day and reason */
    listDropped(asked?: {
      query?: {
        days?: number;
      };
      signal?: AbortSignal;
    }): Promise<Dropped>;
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
  activities: {
    recordActivity: 'POST /v1/activities',
    findActivities: 'GET /v1/activities',
    readActivity: 'GET /v1/activities/{id}',
    changeActivity: 'PATCH /v1/activities/{id}',
    completeTask: 'POST /v1/activities/{id}/complete',
    cancelTask: 'POST /v1/activities/{id}/cancel',
    removeActivity: 'DELETE /v1/activities/{id}',
    createDocument: 'POST /v1/documents',
    findDocuments: 'GET /v1/documents',
    readDocument: 'GET /v1/documents/{id}',
    changeDocument: 'PATCH /v1/documents/{id}',
    addVersion: 'POST /v1/documents/{id}/versions',
    confirmUpload: 'POST /v1/documents/{id}/uploaded',
    removeDocument: 'DELETE /v1/documents/{id}',
    listMyDocuments: 'GET /v1/me/documents',
    recordNeed: 'POST /v1/customers/{id}/needs',
    needsOfCustomer: 'GET /v1/customers/{id}/needs',
    findNeeds: 'GET /v1/needs',
    readNeed: 'GET /v1/needs/{id}',
    changeNeed: 'PATCH /v1/needs/{id}',
    removeNeed: 'DELETE /v1/needs/{id}',
    makePromise: 'POST /v1/customers/{id}/promises',
    promisesOfCustomer: 'GET /v1/customers/{id}/promises',
    readPromise: 'GET /v1/promises/{id}',
    keepPromise: 'POST /v1/promises/{id}/keep',
    breakPromise: 'POST /v1/promises/{id}/break',
    withdrawPromise: 'POST /v1/promises/{id}/withdraw',
  },
  assets: {
    registerAsset: 'POST /v1/assets',
    findAssets: 'GET /v1/assets',
    readAsset: 'GET /v1/assets/{id}',
    changeAsset: 'PATCH /v1/assets/{id}',
    removeAsset: 'DELETE /v1/assets/{id}',
    recordReading: 'POST /v1/assets/{id}/readings',
    listReadings: 'GET /v1/assets/{id}/readings',
    transferAsset: 'POST /v1/assets/{id}/transfer',
  },
  automation: {
    createTrigger: 'POST /v1/triggers',
    listTriggers: 'GET /v1/triggers',
    readTrigger: 'GET /v1/triggers/{id}',
    changeTrigger: 'PATCH /v1/triggers/{id}',
    activateTrigger: 'POST /v1/triggers/{id}/activate',
    pauseTrigger: 'POST /v1/triggers/{id}/pause',
    replayTrigger: 'POST /v1/triggers/{id}/replay',
  },
  billing: {
    issueInvoice: 'POST /v1/invoices',
    findInvoices: 'GET /v1/invoices',
    readInvoice: 'GET /v1/invoices/{id}',
    changeInvoice: 'PATCH /v1/invoices/{id}',
    recordPayment: 'POST /v1/invoices/{id}/payments',
    listPayments: 'GET /v1/invoices/{id}/payments',
    cancelInvoice: 'POST /v1/invoices/{id}/cancel',
    readFinance: 'GET /v1/customers/{id}/finance',
    setCredit: 'PUT /v1/customers/{id}/credit',
  },
  computedAttributes: {
    listAttributes: 'GET /v1/attributes',
    readAttribute: 'GET /v1/attributes/{name}',
    putAttribute: 'PUT /v1/attributes/{name}',
    removeAttribute: 'DELETE /v1/attributes/{name}',
  },
  consent: {
    setConsent: 'PUT /v1/customers/{id}/consents/{channel}/{topic}',
    listConsents: 'GET /v1/customers/{id}/consents',
    readConsentHistory: 'GET /v1/customers/{id}/consents/{channel}/{topic}/history',
    requestConsent: 'POST /v1/customers/{id}/consents/{channel}/{topic}/request',
    putTopic: 'PUT /v1/topics/{topic}',
    listTopics: 'GET /v1/topics',
    removeTopic: 'DELETE /v1/topics/{topic}',
    createPreferencesLink: 'POST /v1/customers/{id}/preferences-link',
    readPreferenceSettings: 'GET /v1/settings/preferences',
    putPreferenceSettings: 'PUT /v1/settings/preferences',
  },
  content: {
    createTemplate: 'POST /v1/templates',
    listTemplates: 'GET /v1/templates',
    readTemplate: 'GET /v1/templates/{id}',
    changeTemplate: 'PATCH /v1/templates/{id}',
    previewTemplate: 'POST /v1/templates/{id}/preview',
  },
  customerView: {
    readView: 'GET /v1/customers/{id}/view',
  },
  customers: {
    readCustomerRules: 'GET /v1/settings/customers',
    putCustomerRules: 'PUT /v1/settings/customers',
    readProvenance: 'GET /v1/customers/{id}/provenance',
    verifyCustomer: 'POST /v1/customers/{id}/verify',
    listConflicts: 'GET /v1/conflicts',
    putPurpose: 'PUT /v1/purposes/{name}',
    listPurposes: 'GET /v1/purposes',
    removePurpose: 'DELETE /v1/purposes/{name}',
    createCustomer: 'POST /v1/customers',
    upsertCustomer: 'PUT /v1/customers',
    readCustomer: 'GET /v1/customers/{id}',
    changeCustomer: 'PATCH /v1/customers/{id}',
    readTimeline: 'GET /v1/customers/{id}/timeline',
    listDecisions: 'GET /v1/customers/{id}/decisions',
  },
  dataQuality: {
    listFixes: 'GET /v1/cleaning/fixes',
    previewCleaning: 'POST /v1/cleaning/preview',
    readStarts: 'GET /v1/customers/{id}/starts',
    startReport: 'POST /v1/quality/report',
    readQuality: 'GET /v1/quality',
    readHygieneRules: 'GET /v1/settings/hygiene',
    putHygieneRules: 'PUT /v1/settings/hygiene',
    runHygiene: 'POST /v1/hygiene/run',
    readHygiene: 'GET /v1/hygiene',
    listDoubts: 'GET /v1/hygiene/doubts',
    readDoubts: 'GET /v1/customers/{id}/doubts',
  },
  exports: {
    createExport: 'POST /v1/exports',
    listExports: 'GET /v1/exports',
    readExport: 'GET /v1/exports/{id}',
  },
  imports: {
    createImport: 'POST /v1/imports',
    listImports: 'GET /v1/imports',
    readImport: 'GET /v1/imports/{id}',
    previewImport: 'GET /v1/imports/{id}/preview',
    startImport: 'POST /v1/imports/{id}/start',
    createImportSchedule: 'POST /v1/import-schedules',
    listImportSchedules: 'GET /v1/import-schedules',
    readImportSchedule: 'GET /v1/import-schedules/{id}',
    changeImportSchedule: 'PATCH /v1/import-schedules/{id}',
    removeImportSchedule: 'DELETE /v1/import-schedules/{id}',
    uploadForSchedule: 'POST /v1/import-schedules/{id}/upload',
    runImportSchedule: 'POST /v1/import-schedules/{id}/run',
  },
  jobs: {
    listJobs: 'GET /v1/jobs',
    readJob: 'GET /v1/jobs/{id}',
    cancelJob: 'POST /v1/jobs/{id}/cancel',
  },
  lists: {
    createList: 'POST /v1/lists',
    findLists: 'GET /v1/lists',
    readList: 'GET /v1/lists/{id}',
    changeList: 'PATCH /v1/lists/{id}',
    removeList: 'DELETE /v1/lists/{id}',
    listMembers: 'GET /v1/lists/{id}/members',
    putMember: 'PUT /v1/lists/{id}/members/{customerId}',
    putMembers: 'POST /v1/lists/{id}/members',
    copyList: 'POST /v1/lists/{id}/copy',
    removeMember: 'DELETE /v1/lists/{id}/members/{customerId}',
    listsOfCustomer: 'GET /v1/customers/{id}/lists',
    startBulk: 'POST /v1/bulk',
    readBulk: 'GET /v1/bulk/{id}',
    listBulkChanges: 'GET /v1/bulk/{id}/changes',
    undoBulk: 'POST /v1/bulk/{id}/undo',
  },
  matching: {
    readMatchingSettings: 'GET /v1/settings/matching',
    changeMatchingSettings: 'PUT /v1/settings/matching',
    listDuplicates: 'GET /v1/duplicates',
    readDuplicate: 'GET /v1/duplicates/{id}',
    listDuplicatesOf: 'GET /v1/customers/{id}/duplicates',
    acceptDuplicate: 'POST /v1/duplicates/{id}/accept',
    rejectDuplicate: 'POST /v1/duplicates/{id}/reject',
    searchDuplicates: 'POST /v1/duplicates/search',
  },
  memory: {
    listPeople: 'GET /v1/customers/{id}/people',
    searchTexts: 'GET /v1/search',
  },
  merging: {
    mergeCustomer: 'POST /v1/customers/{id}/merge',
    unmergeCustomer: 'POST /v1/customers/{id}/unmerge',
    listMerges: 'GET /v1/customers/{id}/merges',
  },
  messaging: {
    listMessages: 'GET /v1/messages',
    readMessage: 'GET /v1/messages/{id}',
    readContactability: 'GET /v1/customers/{id}/contactability',
    readSettings: 'GET /v1/settings/messaging',
    changeSettings: 'PUT /v1/settings/messaging',
  },
  organisation: {
    putTeam: 'PUT /v1/teams/{id}',
    listTeams: 'GET /v1/teams',
    readTeam: 'GET /v1/teams/{id}',
    removeTeam: 'DELETE /v1/teams/{id}',
    putStaff: 'PUT /v1/staff/{userId}',
    listStaff: 'GET /v1/staff',
    readStaff: 'GET /v1/staff/{userId}',
    listReports: 'GET /v1/staff/{userId}/reports',
    removeStaff: 'DELETE /v1/staff/{userId}',
  },
  portal: {
    issueToken: 'POST /v1/customers/{id}/tokens',
    revokeTokens: 'POST /v1/customers/{id}/tokens/revoke',
    readMe: 'GET /v1/me',
    proposeChange: 'POST /v1/me/changes',
    listMyChanges: 'GET /v1/me/changes',
    listMyConsents: 'GET /v1/me/consents',
    setMyConsent: 'PUT /v1/me/consents/{channel}/{topic}',
    listProposals: 'GET /v1/proposals',
    acceptProposal: 'POST /v1/proposals/{id}/accept',
    rejectProposal: 'POST /v1/proposals/{id}/reject',
    readPortalSettings: 'GET /v1/settings/portal',
    putPortalSettings: 'PUT /v1/settings/portal',
  },
  privacy: {
    reportPurposes: 'POST /v1/purposes/report',
    readRetention: 'GET /v1/settings/retention',
    putRetention: 'PUT /v1/settings/retention',
    runRetention: 'POST /v1/retention/run',
    readRetentionRun: 'GET /v1/retention/runs/{id}',
    listInactive: 'GET /v1/retention/inactive',
    keepInactive: 'POST /v1/retention/inactive/{customerId}/keep',
    eraseCustomer: 'POST /v1/customers/{id}/erase',
    listErasures: 'GET /v1/erasures',
    readErasure: 'GET /v1/erasures/{id}',
    holdCustomer: 'PUT /v1/customers/{id}/hold',
    readHold: 'GET /v1/customers/{id}/hold',
    releaseCustomer: 'DELETE /v1/customers/{id}/hold',
  },
  relationships: {
    addRelationship: 'POST /v1/customers/{id}/relationships',
    relationshipsOfCustomer: 'GET /v1/customers/{id}/relationships',
    readRelationship: 'GET /v1/relationships/{id}',
    changeRelationship: 'PATCH /v1/relationships/{id}',
    endRelationship: 'POST /v1/relationships/{id}/end',
    removeRelationship: 'DELETE /v1/relationships/{id}',
    listRelationshipTypes: 'GET /v1/relationship-types',
    putRelationshipType: 'PUT /v1/relationship-types/{name}',
    readHierarchy: 'GET /v1/customers/{id}/hierarchy',
    readRollup: 'GET /v1/customers/{id}/rollup',
    teamsOfCustomer: 'GET /v1/customers/{id}/teams',
    assignOwner: 'POST /v1/customers/{id}/assign-owner',
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
    listMyOrders: 'GET /v1/me/orders',
    readOrder: 'GET /v1/orders/{id}',
    changeOrder: 'PATCH /v1/orders/{id}',
    listRefusedReports: 'GET /v1/refused-reports',
  },
  search: {
    findCustomers: 'GET /v1/customers',
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
    listMyCases: 'GET /v1/me/cases',
    openMyCase: 'POST /v1/me/cases',
    readMyCase: 'GET /v1/me/cases/{id}',
    readMyThread: 'GET /v1/me/cases/{id}/messages',
    replyToMyCase: 'POST /v1/me/cases/{id}/reply',
  },
  tracking: {
    createWriteKey: 'POST /v1/write-keys',
    listWriteKeys: 'GET /v1/write-keys',
    revokeWriteKey: 'DELETE /v1/write-keys/{id}',
    listRejections: 'GET /v1/tracking/rejections',
    readTrackingSettings: 'GET /v1/settings/tracking',
    putTrackingSettings: 'PUT /v1/settings/tracking',
    listDropped: 'GET /v1/tracking/dropped',
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
