import { byId, el } from './dom.js';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly type?: string;
  readonly hint?: string;
  readonly required?: boolean;
  /** Of the input: what the browser checks before anything is sent. */
  readonly limits?: { readonly maxlength?: number; readonly min?: number; readonly max?: number };
  /** One of these is chosen, the first by default. */
  readonly options?: readonly string[];
}

export interface Question {
  readonly title: string;
  readonly text?: string;
  readonly fields?: readonly Field[];
  readonly submit: string;
  readonly danger?: boolean;
}

/**
 * Asks in a dialog, and does what was decided; what goes wrong is told in the dialog, which stays open.
 * @param work with the values by the names of the fields
 * @param done after the dialog was closed: nothing behind it could be used until then
 */
export function ask<T>(
  question: Question,
  work: (values: Readonly<Record<string, string>>) => Promise<T>,
  done: (result: T) => void = () => undefined,
): void {
  const opener = document.activeElement;
  const error = el('p', { class: 'error', role: 'alert' });
  const submit = el('button', { type: 'submit', class: question.danger ? 'danger' : 'primary', text: question.submit });
  const cancel = el('button', { type: 'button', text: 'Cancel', click: () => dialog.close() });
  const form = el(
    'form',
    {},
    el('h2', { id: 'question', text: question.title }),
    question.text === undefined ? null : el('p', { text: question.text }),
    ...(question.fields ?? []).flatMap(fieldOf),
    error,
    el('div', { class: 'actions' }, cancel, submit),
  );
  const dialog = el('dialog', { 'aria-labelledby': 'question' }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit.disabled = true;
    const values = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
    work(values)
      .then((result) => {
        dialog.close();
        done(result);
      })
      .catch((problem: unknown) => {
        error.textContent = problem instanceof Error ? problem.message : String(problem);
        submit.disabled = false;
      });
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener) focusAfter(opener);
  });
  byId('console').append(dialog);
  dialog.showModal();
}

/** The focus is back at what opened the dialog, unless that has gone meanwhile: whatever took its place gets it. */
function focusAfter(opener: Element): void {
  if (opener.isConnected && !opener.hasAttribute('hidden')) return;
  const instead = opener.parentElement?.querySelector<HTMLElement>('button:not([hidden])');
  (instead?.isConnected ? instead : document.getElementById('side-title'))?.focus();
}

function fieldOf({
  name,
  label,
  value = '',
  type = 'text',
  hint,
  required = false,
  options,
  limits,
}: Field): HTMLElement[] {
  const id = `field-${name}`;
  const input = options
    ? el('select', { id, name }, ...options.map((text) => el('option', { text })))
    : el('input', { id, name, type, value, autocomplete: 'off', ...limits });
  input.required = required;
  const lines: HTMLElement[] = [el('label', { for: `field-${name}`, text: label }), input];
  if (hint !== undefined) lines.push(el('p', { class: 'hint', text: hint }));
  return lines;
}
