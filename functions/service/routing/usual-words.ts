import type { Words } from './words.ts';

const inLanguages = (lists: Record<string, string>): Words =>
  Object.fromEntries(Object.entries(lists).map(([language, list]) => [language, list.split(', ')]));

type Usual = { id: string; labels: Record<string, string>; words: Words };

/** The categories of a company that has set none, in the order in which they are tried: danger to people before money. */
export const usualCategories: Usual[] = [
  {
    id: 'safety',
    labels: { en: 'Safety', de: 'Sicherheit', fr: 'Sécurité', es: 'Seguridad', zh: '安全' },
    words: inLanguages({
      en: 'accident*, injur*, unsafe, danger*, fire, smoke, burn*, emergency',
      de: 'unfall*, verletz*, gefahr, gefährlich*, feuer, brand, rauch, notfall*',
      fr: 'accident*, bless*, danger*, incendie, feu, fumée, brûl*, urgence médicale',
      es: 'accidente*, herid*, peligro*, incendio, fuego, humo, quemad*, emergencia',
      zh: '事故, 受伤, 危险, 起火, 着火, 冒烟, 紧急情况',
    }),
  },
  {
    id: 'billing',
    labels: { en: 'Billing', de: 'Abrechnung', fr: 'Facturation', es: 'Facturación', zh: '账单' },
    words: inLanguages({
      en: 'invoice*, bill, bills, billed, billing, refund*, charge, charged, charges, payment*, price*, overcharg*, credit note*',
      de: 'rechnung*, zahlung*, bezahl*, preis*, erstattung*, rückerstattung*, gutschrift*, abbuchung*, mahnung*',
      fr: 'facture*, paiement*, prix, rembours*, débit*, avoir',
      es: 'factura*, pago*, precio*, reembols*, cobr*, cargo*',
      zh: '发票, 账单, 付款, 退款, 价格, 扣款, 收费',
    }),
  },
  {
    id: 'delivery',
    labels: { en: 'Delivery', de: 'Lieferung', fr: 'Livraison', es: 'Entrega', zh: '配送' },
    words: inLanguages({
      en: 'deliver*, shipping, shipped, shipment*, parcel*, courier*, not arrived, late order, tracking number',
      de: 'lieferung*, geliefert, liefer*, versand*, paket*, kurier*, nicht angekommen, sendung*',
      fr: 'livraison*, livré*, expédi*, colis, coursier*, pas arrivé*, numéro de suivi',
      es: 'entrega*, envío*, paquete*, mensajer*, no ha llegado, número de seguimiento',
      zh: '配送, 送货, 快递, 包裹, 发货, 没收到, 物流',
    }),
  },
  {
    id: 'warranty',
    labels: { en: 'Warranty', de: 'Garantie', fr: 'Garantie', es: 'Garantía', zh: '保修' },
    words: inLanguages({
      en: 'warrant*, guarantee*, replacement part*, spare part*',
      de: 'garantie*, gewährleistung*, ersatzteil*',
      fr: 'garantie*, pièce de rechange, pièces de rechange',
      es: 'garantía*, pieza de repuesto, piezas de repuesto, repuesto*',
      zh: '保修, 质保, 保证, 备件',
    }),
  },
  {
    id: 'technical',
    labels: { en: 'Technical', de: 'Technik', fr: 'Technique', es: 'Técnico', zh: '技术' },
    words: inLanguages({
      en: "error*, crash*, broken, broke, defect*, fault*, doesn't work, does not work, not working, malfunction*, fail*",
      de: 'fehler*, absturz*, abgestürzt, kaputt*, defekt*, funktioniert nicht, geht nicht, störung*',
      fr: 'erreur*, panne*, cassé*, défaut*, défectueu*, ne marche pas, ne fonctionne pas, bug*',
      es: 'error*, averí*, roto, rota, defect*, no funciona, fallo*, falla*',
      zh: '错误, 故障, 坏了, 损坏, 不能用, 无法使用, 死机',
    }),
  },
  {
    id: 'appointment',
    labels: { en: 'Appointment', de: 'Termin', fr: 'Rendez-vous', es: 'Cita', zh: '预约' },
    words: inLanguages({
      en: 'appointment*, booking*, reschedul*, reservation*',
      de: 'termin*, buchung*, reservier*, umbuch*',
      fr: 'rendez-vous, réserv*, reporter',
      es: 'cita, citas, reserva*, reprogramar',
      zh: '预约, 预订, 改期',
    }),
  },
  {
    id: 'account',
    labels: { en: 'Account', de: 'Konto', fr: 'Compte', es: 'Cuenta', zh: '账户' },
    words: inLanguages({
      en: 'password*, log in, login, sign in, account*, email address, e-mail address, privacy, my data',
      de: 'passwort*, kennwort*, anmeld*, konto*, kundenkonto*, e-mail-adresse, datenschutz*, meine daten',
      fr: 'mot de passe, connexion, compte, adresse e-mail, confidentialité, mes données',
      es: 'contraseña*, iniciar sesión, cuenta*, correo electrónico, privacidad, mis datos',
      zh: '密码, 登录, 账户, 账号, 邮箱, 隐私, 个人数据',
    }),
  },
];

/** how a company that has set nothing else tells what is urgent */
export const usualPriorities = {
  labels: {
    urgent: { en: 'Urgent', de: 'Sofort', fr: 'Immédiate', es: 'Inmediata', zh: '紧急' },
    high: { en: 'High', de: 'Hoch', fr: 'Haute', es: 'Alta', zh: '高' },
    normal: { en: 'Normal', de: 'Normal', fr: 'Normale', es: 'Normal', zh: '普通' },
    low: { en: 'Low', de: 'Niedrig', fr: 'Basse', es: 'Baja', zh: '低' },
  },
  words: {
    urgent: inLanguages({
      en: 'accident*, injur*, unsafe, danger*, on fire, smoke, emergency',
      de: 'unfall*, verletz*, gefahr, gefährlich*, brennt, rauch, notfall*',
      fr: 'accident*, bless*, danger*, incendie, en feu, fumée, urgence médicale',
      es: 'accidente*, herid*, peligro*, incendio, en llamas, humo, emergencia',
      zh: '事故, 受伤, 危险, 起火, 着火, 冒烟, 紧急情况',
    }),
    high: inLanguages({
      en: 'urgent, urgently, asap, immediately, as soon as possible, right away',
      de: 'dringend*, eilt, eilig*, sofort*, umgehend, schnellstmöglich, so schnell wie möglich',
      fr: 'urgent*, immédiatement, tout de suite, dès que possible, au plus vite',
      es: 'urgente*, inmediatamente, de inmediato, cuanto antes, lo antes posible',
      zh: '紧急, 尽快, 马上, 立即, 急',
    }),
  },
  types: { complaint: 'high', feedback: 'low' },
} as const;
