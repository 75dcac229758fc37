import { byId, el } from './dom.js';

/** Shows the secret of a webhook, which the server says only once. */
export function showSecret(url: string, secret: string): void {
  const field = el('input', { id: 'secret', readonly: '', value: secret, 'aria-describedby': 'secret-hint' });
  field.addEventListener('focus', () => field.select());
  const close = el('button', { type: 'button', class: 'primary', text: 'I have it', click: () => dialog.close() });
  const dialog = el(
    'dialog',
    { 'aria-labelledby': 'secret-title' },
    el(
      'form',
      {},
      el('h2', { id: 'secret-title', text: 'The secret of the webhook' }),
      el('label', { for: 'secret', text: `The receiver at ${url} checks the signature with it:` }),
      field,
      el('p', { id: 'secret-hint', class: 'hint', text: 'Copy it now: it is shown only here.' }),
      el('div', { class: 'actions' }, close),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  byId('console').append(dialog);
  dialog.showModal();
  field.focus();
}
