import { conflict } from '../shared/http/api-error.ts';

export const skuTaken = conflict('product.sku-taken', 'Another product has this sku. Change that product.');
export const productIsArchived = conflict('product.archived', 'The product is archived and cannot change.');

export const giftCodeTaken = conflict('gift-card.code-taken', 'Another gift card has this code. Try again.');
export const referenceTaken = conflict(
  'gift-card.reference-taken',
  'This reference was posted with another amount or kind. Use another reference.',
);
export const notEnoughLeft = conflict('gift-card.not-enough');
export const giftCardExpired = conflict('gift-card.expired', 'The gift card has expired.');
