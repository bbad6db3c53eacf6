import type { EntityPermission, Permissions, ScopeName } from '../../../platform/access/permissions.ts';
import type { Action, Labels } from '../../../platform/entity/types.ts';

interface DefaultRole {
  code: string;
  name: Labels;
  description: Labels;
  permissions: Permissions;
}

const within = (scope: ScopeName, actions: readonly Action[]): EntityPermission => ({
  actions: Object.fromEntries(actions.map((action) => [action, scope])),
});

const READ = ['read'] as const;
const MASKED_PHONES = { phone: 'masked', otherPhones: 'masked' } as const;
const MASKED_RECEIVER = { receiverPhone: 'masked' } as const;
const EDIT = ['read', 'create', 'update', 'delete'] as const;

/** What is promised and planned for customers. */
const workOf = (scope: ScopeName, actions: readonly Action[]) => ({
  promise: within(scope, actions),
  visit: within(scope, actions),
  meeting: within(scope, actions),
  callBack: within(scope, actions),
});

/** The company's directory and its catalogue, which everyone at work needs to look up. */
const directory = {
  product: within('all', READ),
  productUnit: within('all', READ),
  bundlePart: within('all', READ),
  productCategory: within('all', READ),
  priceBook: within('all', READ),
  priceBookEntry: within('all', READ),
  taxRate: within('all', READ),
  productRule: within('all', READ),
  exchangeRate: within('all', READ),
  legalEntity: within('all', READ),
  pipeline: within('all', READ),
  stage: within('all', READ),
  leadRoute: within('all', READ),
  leadScoreRule: within('all', READ),
  gradeScheme: within('all', READ),
  assessmentScheme: within('all', READ),
  carePlan: within('all', READ),
  sequence: within('all', READ),
  user: within('all', READ),
  department: within('all', READ),
};

/** What a product costs us is for those who answer for the profit. */
const catalogue = {
  product: { ...within('all', READ), fields: { cost: 'hidden', minimumMargin: 'hidden' } },
  productCategory: { ...within('all', READ), fields: { minimumMargin: 'hidden' } },
  quoteLine: { actions: {}, fields: { cost: 'hidden' } },
  orderLine: { actions: {}, fields: { cost: 'hidden' } },
  contractLine: { actions: {}, fields: { cost: 'hidden' } },
} as const;

/** What was agreed and ordered. */
const dealsOf = (scope: ScopeName, actions: readonly Action[]) => ({
  contract: within(scope, actions),
  order: within(scope, actions),
  delivery: within(
    scope,
    actions.filter((action) => action !== 'import'),
  ),
  returnOrder: within(
    scope,
    actions.filter((action) => action !== 'import'),
  ),
});

/** Invoices, money come in, and what is done about what is owed. */
const moneyOf = (scope: ScopeName, actions: readonly Action[]) => ({
  receipt: within(scope, actions),
  invoice: within(scope, actions),
  billingProfile: within(scope, actions),
  dunning: within(scope, actions),
  creditTerm: within(scope, READ),
  bankEntry: within('all', READ),
  bankAccount: within('all', READ),
  dunningStep: within('all', READ),
});

/** What customers get back, read by whoever looks after them; terms are their managers' and finance's. */
const rebatesOf = (scope: ScopeName, actions: readonly Action[]) => ({
  rebateAgreement: within(scope, actions),
});

/** What people earn: their own to them, their people's to managers. */
const commissionOf = (scope: ScopeName, rows: readonly Action[], splits: readonly Action[]) => ({
  commissionRow: within(scope, rows),
  commissionSplit: within(scope, splits),
});

/** Finance confirms receipts and issues invoices, and says how much a customer may owe. */
const finance = {
  customer: within('all', READ),
  contact: within('all', READ),
  ...dealsOf('all', READ),
  order: { ...within('all', READ), commands: ['releaseCredit'] },
  ...moneyOf('all', [...EDIT, 'export']),
  receipt: { ...within('all', [...EDIT, 'export']), commands: ['confirm'] },
  creditTerm: within('all', [...EDIT, 'export']),
  bankEntry: within('all', [...EDIT, 'export']),
  bankAccount: within('all', EDIT),
  dunningStep: within('all', EDIT),
  ...commissionOf('all', [...EDIT, 'export'], [...EDIT, 'export']),
  commissionPlan: within('all', EDIT),
  commissionBatch: within('all', [...EDIT, 'export']),
  ...rebatesOf('all', [...EDIT, 'export']),
  rebateBatch: within('all', [...EDIT, 'export']),
  attachment: within('all', EDIT),
};

/**
 * People of dealers and agents: what is their own side's, never the house's (platform/access/outside.ts ends what a role may reach
 * for them there).
 */
export const PARTNER_ROLE: DefaultRole = {
  code: 'partner',
  name: { zh: '渠道伙伴', en: 'Channel partner' },
  description: {
    zh: '经销商、代理商自己的人：只看到自己的客户、报备、订单与进销存。',
    en: 'People of dealers and agents: see their own customers, registered deals, orders and stock only.',
  },
  permissions: {
    entities: {
      customer: within('departmentAndBelow', ['read', 'update', 'transfer']),
      contact: within('departmentAndBelow', EDIT),
      lead: within('departmentAndBelow', ['read', 'update', 'transfer']),
      opportunity: within('departmentAndBelow', ['read', 'create', 'update']),
      order: within('departmentAndBelow', READ),
      delivery: within('departmentAndBelow', READ),
      dealRegistration: within('departmentAndBelow', ['read', 'create', 'update']),
      stockDeclaration: within('departmentAndBelow', READ),
      activity: within('departmentAndBelow', EDIT),
      task: within('departmentAndBelow', EDIT),
      attachment: within('departmentAndBelow', ['read', 'create']),
      product: within('all', READ),
      productCategory: within('all', READ),
      productUnit: within('all', READ),
      pipeline: within('all', READ),
      stage: within('all', READ),
    },
  },
};

/** The roles a new company begins with; it may change or delete them, except the last administrator's. */
export const DEFAULT_ROLES: readonly DefaultRole[] = [
  {
    code: 'administrator',
    name: { zh: '管理员', en: 'Administrator' },
    description: {
      zh: '可以做所有事，包括设置人员与权限。',
      en: 'May do everything, including people and rights.',
    },
    permissions: { administrator: true },
  },
  {
    code: 'manager',
    name: { zh: '主管', en: 'Manager' },
    description: {
      zh: '管理本部门及下级部门的客户。',
      en: 'Manages the customers of the department and all below it.',
    },
    permissions: {
      entities: {
        customer: within('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer', 'share']),
        contact: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        activity: within('departmentAndBelow', [...EDIT, 'export']),
        workReport: {
          actions: {
            read: 'departmentAndBelow',
            export: 'departmentAndBelow',
            create: 'self',
            update: 'self',
          },
        },
        task: within('departmentAndBelow', [...EDIT, 'transfer', 'export']),
        ...workOf('departmentAndBelow', [...EDIT, 'transfer', 'export']),
        callBackPlan: within('departmentAndBelow', [...EDIT, 'transfer', 'share']),
        inquiry: within('departmentAndBelow', READ),
        partner: within('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer']),
        dealRegistration: within('departmentAndBelow', [...EDIT, 'export', 'transfer']),
        stockDeclaration: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        lead: within('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer', 'share']),
        opportunity: within('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer', 'share']),
        quote: within('departmentAndBelow', [...EDIT, 'export', 'share']),
        ...dealsOf('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer']),
        ...moneyOf('departmentAndBelow', [...EDIT, 'export']),
        ...commissionOf('departmentAndBelow', ['read', 'export'], EDIT),
        commissionPlan: within('all', READ),
        ...rebatesOf('departmentAndBelow', [...EDIT, 'export']),
        competitor: within('all', [...EDIT, 'import', 'export']),
        competitorPrice: within('all', [...EDIT, 'import', 'export']),
        marketNote: within('all', [...EDIT, 'import', 'export']),
        survey: within('all', [...EDIT, 'export']),
        surveyAnswer: within('departmentAndBelow', ['read', 'delete', 'export']),
        careItem: within('departmentAndBelow', [...EDIT, 'transfer', 'export']),
        trial: within('departmentAndBelow', [...EDIT, 'import', 'export', 'transfer']),
        sequenceRun: within('departmentAndBelow', [...EDIT, 'transfer', 'export']),
        rememberedFact: within('departmentAndBelow', [...EDIT, 'export']),
        hospitality: within('departmentAndBelow', [...EDIT, 'export']),
        costEntry: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        valueJudgement: within('departmentAndBelow', [...EDIT, 'export']),
        referral: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        attachment: within('departmentAndBelow', EDIT),
        teamMember: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        stakeholder: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        tie: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        acquaintance: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        tag: within('all', EDIT),
        segment: within('departmentAndBelow', [...EDIT, 'transfer', 'share', 'export']),
        salesTarget: within('departmentAndBelow', [...EDIT, 'import', 'export']),
        salesPlan: within('departmentAndBelow', [...EDIT, 'export', 'transfer']),
        savedReport: within('departmentAndBelow', [...EDIT, 'transfer', 'share', 'export']),
        dashboard: within('departmentAndBelow', [...EDIT, 'transfer', 'share', 'export']),
        reportMailing: within('departmentAndBelow', [...EDIT, 'transfer']),
        customerForm: within('departmentAndBelow', [...EDIT, 'export']),
        ...directory,
        sequence: within('all', EDIT),
      },
    },
  },
  {
    code: 'salesperson',
    name: { zh: '销售', en: 'Salesperson' },
    description: { zh: '管理自己的客户。', en: 'Looks after the customers of his own.' },
    permissions: {
      entities: {
        customer: within('self', ['read', 'create', 'update', 'import', 'share']),
        contact: within('self', [...EDIT, 'import']),
        activity: within('self', EDIT),
        workReport: within('self', ['read', 'create', 'update']),
        task: within('self', EDIT),
        ...workOf('self', EDIT),
        callBackPlan: within('all', READ),
        inquiry: within('self', READ),
        partner: within('self', ['read', 'update']),
        dealRegistration: within('self', ['read', 'update']),
        stockDeclaration: within('self', EDIT),
        lead: within('self', [...EDIT, 'import', 'share']),
        opportunity: within('self', [...EDIT, 'import', 'share']),
        quote: within('self', [...EDIT, 'share']),
        ...dealsOf('self', EDIT),
        ...moneyOf('self', EDIT),
        ...commissionOf('self', READ, READ),
        ...rebatesOf('self', READ),
        competitor: within('all', ['read', 'create', 'update']),
        competitorPrice: within('all', ['read', 'create', 'update']),
        marketNote: within('all', ['read', 'create', 'update']),
        survey: within('all', READ),
        surveyAnswer: within('self', READ),
        careItem: within('self', EDIT),
        trial: { ...within('self', EDIT), fields: { cost: 'hidden' } },
        sequenceRun: within('self', EDIT),
        rememberedFact: within('self', EDIT),
        hospitality: within('self', EDIT),
        costEntry: within('self', EDIT),
        valueJudgement: within('self', EDIT),
        referral: within('self', EDIT),
        attachment: within('self', EDIT),
        teamMember: within('self', EDIT),
        stakeholder: within('self', EDIT),
        tie: within('self', EDIT),
        acquaintance: within('self', EDIT),
        tag: within('all', ['read', 'create']),
        segment: within('self', [...EDIT, 'share']),
        salesTarget: within('self', READ),
        salesPlan: within('department', READ),
        savedReport: within('self', [...EDIT, 'share']),
        dashboard: within('self', [...EDIT, 'share']),
        reportMailing: within('self', EDIT),
        customerForm: within('self', EDIT),
        ...directory,
        ...catalogue,
      },
    },
  },
  {
    code: 'finance',
    name: { zh: '财务', en: 'Finance' },
    description: {
      zh: '确认回款、开票、管账期与催款。',
      en: 'Confirms receipts, issues invoices, looks after credit and reminders.',
    },
    permissions: { entities: { ...directory, ...finance } },
  },
  {
    code: 'reader',
    name: { zh: '只读', en: 'Read only' },
    description: {
      zh: '可以查看所有客户，不能修改；电话部分隐藏。',
      en: 'Sees every customer, changes nothing; phone numbers masked.',
    },
    permissions: {
      entities: {
        customer: { ...within('all', READ), fields: MASKED_PHONES },
        contact: { ...within('all', READ), fields: MASKED_PHONES },
        activity: within('all', READ),
        workReport: within('all', READ),
        task: within('all', READ),
        ...workOf('all', READ),
        callBackPlan: within('all', READ),
        inquiry: within('all', READ),
        partner: within('all', READ),
        dealRegistration: { ...within('all', READ), fields: { phone: 'masked' } },
        stockDeclaration: within('all', READ),
        lead: { ...within('all', READ), fields: { phone: 'masked' } },
        opportunity: within('all', READ),
        quote: within('all', READ),
        ...dealsOf('all', READ),
        ...moneyOf('all', READ),
        ...rebatesOf('all', READ),
        order: { ...within('all', READ), fields: MASKED_RECEIVER },
        delivery: { ...within('all', READ), fields: MASKED_RECEIVER },
        competitor: within('all', READ),
        competitorPrice: within('all', READ),
        marketNote: within('all', READ),
        survey: within('all', READ),
        surveyAnswer: within('all', READ),
        attachment: within('all', READ),
        teamMember: within('all', READ),
        stakeholder: within('all', READ),
        tie: within('all', READ),
        acquaintance: within('all', READ),
        trial: { ...within('all', READ), fields: { cost: 'hidden' } },
        sequenceRun: within('all', READ),
        tag: within('all', READ),
        segment: within('all', READ),
        savedReport: within('self', [...EDIT]),
        dashboard: within('self', [...EDIT]),
        customerForm: within('all', READ),
        ...directory,
        ...catalogue,
      },
    },
  },
  PARTNER_ROLE,
];
