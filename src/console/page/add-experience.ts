import { ApiError } from './api-error.js';
import type { Api } from './api.js';
import { ask, type Field } from './ask.js';
import { notify } from './dom.js';
import { filledIn } from './experience-fields.js';

export interface Added {
  /** It is mirrored from now on. */
  added(): void;
  /** It was mirrored already, and nothing was changed. */
  existing(id: number): void;
}

/** Asks for an experience to mirror. @param suppliers the names of all, the one that is offered first */
export function askForExperience(api: Api, suppliers: readonly string[], then: Added): void {
  ask({ title: 'Add an experience', fields: fieldsOf(suppliers), submit: 'Add' }, async ({ id = '', ...values }) => {
    const path = `/api/v1/experience/${encodeURIComponent(id.trim())}`;
    try {
      await api.put(path, filledIn(values), { 'if-none-match': '*' });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'EXPERIENCE_EXISTS') throw error;
      notify(`Experience ${id.trim()} is mirrored already: nothing was changed.`);
      then.existing(Number(id));
      return;
    }
    notify(`Experience ${id.trim()} is mirrored from now on.`);
    then.added();
  });
}

const LARGEST_ID = 2_147_483_647;
const limits = { maxlength: 200 };

function fieldsOf(suppliers: readonly string[]): Field[] {
  const several: Field[] = [
    { name: 'supplier', label: 'Supplier', options: suppliers },
    { name: 'product', label: 'Product (optional)', hint: 'The supplier’s id of it; without it the id above.', limits },
    { name: 'option', label: 'Option (optional)', hint: 'The supplier’s id of an option of the product.', limits },
  ];
  const isOne = suppliers.length < 2;
  const hint = isOne ? 'The supplier’s product id.' : 'A number of ours: it stands in addresses.';
  return [
    { name: 'id', label: 'Id', hint, required: true, type: 'number', limits: { min: 1, max: LARGEST_ID } },
    ...(isOne ? [] : several),
    { name: 'name', label: 'Name (optional)', limits },
    { name: 'timeZone', label: 'Time zone (optional)', hint: 'An IANA name; without it the default one.' },
  ];
}
